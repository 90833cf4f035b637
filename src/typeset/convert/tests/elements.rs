//! What single elements become.

use super::*;

#[test]
fn formulas_in_mathml_become_a_line() {
    for (math, line) in [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mtext>净利润</mtext></mfrac>", "(a+b)/净利润"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x²"),
        ("<msup><mi>x</mi><mrow><mi>a</mi><mo>&lt;</mo><mi>q</mi></mrow></msup>", "x^(a<q)"),
        ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H₂O"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑ᵢ₌₁ⁿ"),
        ("<msqrt><mi>x</mi></msqrt><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√x√(x+1)"),
        ("<mroot><mn>27</mn><mn>3</mn></mroot><mroot><mi>x</mi><mn>5</mn></mroot>", "∛27⁵√x"),
        (
            "<semantics><mrow><mi>x</mi></mrow><annotation encoding='application/x-tex'>x</annotation></semantics>",
            "x",
        ),
        ("<mspace/><mi>x", "x"),
        ("<mi>x</mi><p>y", "x\ny乙"),
    ] {
        let text = html(&format!("甲<math>{math}</math>乙")).plain_text();
        let line = if line.ends_with('乙') { format!("甲{line}") } else { format!("甲{line}乙") };
        assert_eq!(text, line, "{math}");
    }
    let katex = "<span class=katex><span class=katex-mathml><math><mi>x</mi></math></span><span class=katex-html><span>x</span></span></span>";
    assert_eq!(html(&format!("甲{katex}乙")).plain_text(), "甲x乙");
    for (text, plain) in [
        ("甲<math><mi>x", "甲x"),
        ("<math><mi>x</mi></math><span class=katex-html>甲", "x甲"),
        ("<span class=katex-html>甲</span>", "甲"),
    ] {
        assert_eq!(html(text).plain_text(), plain, "{text}");
    }
}

#[test]
fn stocks_are_named_with_and_without_links() {
    for (text, links) in [
        ("<span class=\"keytip\" data-code=\"1,609217\">听雨</span>茶业", 0),
        ("<span class=keytip data-code=1><a href='http://a.cn'>听雨</a></span>茶业", 1),
        ("<a href='http://a.cn'><span class=keytip>听雨</span></a>茶业", 1),
        ("<a class=keytip href='http://a.cn'>听雨</a>茶业", 1),
        ("<span class=em_stock_key_common>听雨</span><span>茶业</span>", 0),
    ] {
        let article = html(text);
        let Kind::Paragraph(flow) = &article.blocks[0].kind else { panic!("no paragraph") };
        let pieces: Vec<_> = flow
            .pieces(0..flow.text().len())
            .map(|(text, style, _)| (text, style.has(Mark::Stock)))
            .collect();
        assert_eq!(
            (pieces.as_slice(), article.links.len()),
            ([("听雨", true), ("茶业", false)].as_slice(), links),
            "{text}"
        );
    }
}

#[test]
fn items_have_the_numbers_that_their_authors_gave_them() {
    let numbers = |text: &str| {
        let levels = html(text).blocks.into_iter().filter_map(|block| block.levels.last().cloned());
        let number = |level| match level {
            Level::Item { marker: Some(Marker::Number(number)), digits } => Some((number, digits)),
            _ => None,
        };
        levels.filter_map(number).unzip::<_, _, Vec<_>, Vec<_>>()
    };
    for (text, expected, digits) in [
        ("<ol><li>甲<li value=7>乙<li>丙</ol>", [1, 7, 8], 1),
        ("<ol><li value=120>甲<li value=x>乙<li value=9>丙</ol>", [120, 121, 9], 3),
        ("<ol reversed start=10><li>甲<li>乙<li>丙</ol>", [10, 9, 8], 2),
        ("<ol reversed><li>甲<li>乙<li>丙</ol>", [3, 2, 1], 1),
        ("<ol reversed><li>甲<li>乙<ul><li>丁</ul><li>丙</ol>", [3, 2, 1], 1),
        ("<ol start=-1><li>甲<li>乙<li>丙</ol>", [-1, 0, 1], 2),
        ("<ol type=a start=3><li>甲<li>乙<li>丙</ol>", [3, 4, 5], 1),
        ("<ol start=-7><li>甲</ol><ol><li>乙<li>丙</ol>", [-7, 1, 2], 1),
        ("<ol><li><li>甲<li>乙<li><li>丙</ol>", [2, 3, 5], 1),
    ] {
        let found = numbers(text);
        assert_eq!(found.0, expected, "{text}");
        assert_eq!(found.1.last(), Some(&digits), "{text}");
    }
}
