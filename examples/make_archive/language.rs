//! Sentences: templates filled with words and numbers.

use crate::random::Random;
use crate::words::{
    ACTIONS, FIRST, GIVEN, INDEXES, KINDS, LEADS, PEOPLE, SAY, SECOND, SECTORS, SURNAMES, TOWNS, VIEWS,
};

/// A listed company that does not exist.
#[derive(Clone)]
pub(crate) struct Company {
    pub(crate) name: String,
    /// By eastmoney's numbers: 0 Shenzhen, 1 Shanghai, 116 Hong Kong.
    pub(crate) market: u16,
    pub(crate) code: String,
}

impl Company {
    pub(crate) fn any(random: &mut Random) -> Self {
        let (first, second, kind) = (random.pick(&FIRST), random.pick(&SECOND), random.pick(&KINDS));
        // The same name always has the same code.
        let number = crc32fast::hash(format!("{first}{second}{kind}").as_bytes()) % 3000;
        let (market, code) = match number % 5 {
            0 | 1 => (0, format!("{number:06}")),
            2 | 3 => (1, format!("{}", 600_000 + number)),
            _ => (116, format!("{number:05}")),
        };
        Self { name: format!("{first}{second}{kind}"), market, code }
    }

    pub(crate) fn symbol(&self) -> String {
        let suffix = match self.market {
            0 => "SZ",
            1 => "SH",
            _ => "HK",
        };
        format!("{}.{suffix}", self.code)
    }
}

/// `12.34`, with two places.
fn decimal(random: &mut Random, below: u32) -> String {
    format!("{}.{:02}", random.below(below), random.below(100))
}

fn percent(random: &mut Random) -> String {
    format!("{}%", decimal(random, 20))
}

fn person(random: &mut Random) -> String {
    [random.pick(&SURNAMES), random.pick(&GIVEN), random.pick(&GIVEN)].iter().collect()
}

pub(crate) fn title(random: &mut Random) -> String {
    let company = Company::any(random);
    let (index, sector) = (random.pick(&INDEXES), random.pick(&SECTORS));
    match random.below(8) {
        0 => format!("{}：{}", company.name, random.pick(&ACTIONS)),
        1 => format!("{}({})：前三季度净利同比预增{}", company.name, company.symbol(), percent(random)),
        2 => format!("{index}收涨{}% {sector}板块领涨", decimal(random, 4)),
        3 => format!("{sector}板块大爆发！{}涨停 机构：{}", company.name, random.pick(&VIEWS)),
        4 => format!("“{sector}一哥”{} 影响多大？", random.pick(&ACTIONS)),
        5 => {
            format!("龙虎榜：{}亿抢筹{} 外资净买{}股", decimal(random, 9), company.name, random.below(9) + 1)
        }
        6 => format!(
            "{}维持{}买入评级 目标价{}元",
            Company::any(random).name,
            company.name,
            decimal(random, 300)
        ),
        _ => {
            format!("{}出台{sector}产业新政：补贴最高{}万元", random.pick(&TOWNS).0, random.below(900) + 100)
        }
    }
}

/// One sentence that names `about`.
pub(crate) fn sentence(about: &str, random: &mut Random) -> String {
    let lead = if random.chance(40) { random.pick(&LEADS) } else { "" };
    let body = match random.below(11) {
        0 => market(random),
        1 => format!("{about}{}，涉及金额约{}亿元", random.pick(&ACTIONS), decimal(random, 90)),
        2 => format!(
            "{about}第{}季度实现营业收入{}亿元，同比增长{}；归母净利润{}亿元，同比下降{}",
            random.pick(&["一", "二", "三", "四"]),
            decimal(random, 400),
            percent(random),
            decimal(random, 40),
            percent(random)
        ),
        3 | 4 => {
            format!("{}{}，{}", random.pick(&PEOPLE), random.pick(&SAY), random.pick(&VIEWS))
        }
        5 => format!("“{}，{}。”{}{}", random.pick(&VIEWS), random.pick(&VIEWS), about, random.pick(&SAY)),
        6 => format!(
            "{}政府近日印发《{}产业高质量发展行动方案({}-{}年)》",
            random.pick(&TOWNS).0,
            random.pick(&SECTORS),
            2021 + random.below(3),
            2025 + random.below(6)
        ),
        7 => {
            let company = Company::any(random);
            format!("{}({}){}", company.name, company.symbol(), random.pick(&ACTIONS))
        }
        8 => format!("{about}董事长{}{}，{}", person(random), random.pick(&SAY), random.pick(&VIEWS)),
        9 => {
            let (one, two) = (random.pick(&GIVEN), random.pick(&GIVEN));
            format!("由{}牵头的“{one}{two}”项目落户{}", person(random), random.pick(&TOWNS).0)
        }
        _ => format!("在{}领域，{}", random.pick(&SECTORS), random.pick(&VIEWS)),
    };
    format!("{lead}{body}。")
}

fn market(random: &mut Random) -> String {
    format!(
        "{}涨{}%报{}点，{}、{}等板块涨幅居前，两市成交额{}亿元，北向资金净买入{}亿元",
        random.pick(&INDEXES),
        decimal(random, 4),
        1000 + random.below(20_000),
        random.pick(&SECTORS),
        random.pick(&SECTORS),
        6000 + random.below(6000),
        decimal(random, 120)
    )
}

/// One to four sentences.
pub(crate) fn paragraph(about: &str, random: &mut Random) -> String {
    (0..=random.below(4)).map(|_| sentence(about, random)).collect()
}
