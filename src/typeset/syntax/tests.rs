use super::super::flow::Flow;
use super::super::style::Token;
use super::*;
use crate::post::SafeText;
use proptest::prelude::*;

fn coloured(language: &str, text: &str) -> Code {
    let plain = |line| Flow::verbatim(line, Style::of(Role::CodeBlock));
    let mut code = Code { language: SafeText::label(language), lines: text.split('\n').map(plain).collect() };
    colour(&mut code);
    code
}

/// The text with the initial of its kind before each coloured piece, in brackets.
fn shown(language: &str, text: &str) -> String {
    let lines = coloured(language, text).lines;
    let lines = lines.iter().map(|line| {
        let pieces = line.pieces(0..line.text().len()).map(|(text, style, _)| match style.role {
            Role::Syntax(Token::Comment) => format!("[c {text}]"),
            Role::Syntax(Token::String) => format!("[s {text}]"),
            Role::Syntax(Token::Number) => format!("[n {text}]"),
            Role::Syntax(Token::Keyword) => format!("[k {text}]"),
            Role::Syntax(Token::Type) => format!("[t {text}]"),
            Role::Syntax(Token::Function) => format!("[f {text}]"),
            _ => text.to_owned(),
        });
        pieces.collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn languages_as_their_writers_see_them() {
    for (language, text, expected) in [
        (
            "rust",
            "let a: Vec<u8> = f(\"b\\\"\", 1..2); // 甲",
            "[k let] a: [t Vec]<[k u8]> = [f f]([s \"b\\\"\"], [n 1]..[n 2]); [c // 甲]",
        ),
        ("rust", "fn f<'a>(c: 'x')", "[k fn] f<'a>(c: [s 'x'])"),
        ("rs", "/* 甲\n乙 */ if", "[c /* 甲]\n[c 乙 */] [k if]"),
        (
            "python",
            "def f():\n  '''甲\n乙'''\n  return None # 丙",
            "[k def] [f f]():\n  [s '''甲]\n[s 乙''']\n  [k return] [n None] [c # 丙]",
        ),
        ("go", "s := `a\\`\nx", "s := [s `a\\`]\nx"),
        ("sh", "echo \"$a\" b#c # d", "[k echo] [s \"$a\"] b#c [c # d]"),
        ("sql", "Select count(*) FROM t -- 甲", "[k Select] [f count](*) [k FROM] t [c -- 甲]"),
        (
            "json",
            "{\"a\": \"b\", \"c\": 1.5, \"d\": true}",
            "{[f \"a\"]: [s \"b\"], [f \"c\"]: [n 1.5], [f \"d\"]: [n true]}",
        ),
        ("sh", "echo 'a\nb'", "[k echo] [s 'a]\n[s b']"),
        ("console", "$ echo it's\n$ sudo x", "$ [k echo] it[s 's]\n$ [k sudo] x"),
        ("dockerfile", "RUN a \"b\nUSER c", "[k RUN] a [s \"b]\n[k USER] c"),
        ("yaml", "- name: 'x'  # 甲", "- [f name]: [s 'x']  [c # 甲]"),
        ("yaml", "msg: it's fine # 甲", "[f msg]: it's fine [c # 甲]"),
        ("yaml", "a: ['b','c\\']\n'd': {e:\"f\"}", "[f a]: [[s 'b'],[s 'c\\']]\n[s 'd']: {e:[s \"f\"]}"),
        (
            "ini",
            "; 甲\n  # 乙\na = #fff ; b\nc = it's",
            "[c ; 甲]\n  [c # 乙]\n[f a ]= #fff ; b\n[f c ]= it's",
        ),
        ("dotenv", "A='b' # 甲", "[f A]=[s 'b'] [c # 甲]"),
        ("toml", "max-width = 80\n[a]", "[f max-width ]= [n 80]\n[a]"),
        (
            "html",
            "<p class=\"x\">it's</p><!-- 甲\n乙 -->",
            "<[k p] [f class]=[s \"x\"]>it's</[k p]>[c <!-- 甲]\n[c 乙 -->]",
        ),
        ("diff", "+a\n-b\n c", "[s +a]\n[k -b]\n c"),
        ("js", "const s = 'it\nx", "[k const] s = [s 'it]\nx"),
        ("cobol", "let x = 1", "let x = 1"),
        ("", "let x = 1", "let x = 1"),
    ] {
        assert_eq!(shown(language, text), expected, "{language}");
    }
}

#[test]
fn very_long_lines_and_blocks_stay_plain() {
    for text in ["1 ".repeat(LONGEST_LINE), "1\n".repeat(LONGEST_BLOCK)] {
        let code = coloured("rust", &text);
        assert!(
            code.lines.iter().all(|line| line.is_empty() || line.all(|style| style.role == Role::CodeBlock))
        );
    }
}

proptest! {
    #[test]
    fn colours_leave_the_text_as_it_is(
        language in proptest::sample::select(vec!["rust", "python", "js", "sh", "sql", "json", "yaml", "html", "css", "lua"]),
        text in "[a-zA-Z0-9 '\"`/*#<>!=:;.(){}\\\\甲乙\n-]{0,80}",
    ) {
        let code = coloured(language, &text);
        for (line, source) in code.lines.iter().zip(text.split('\n')) {
            prop_assert_eq!(line.text(), source);
            let joined: String = line.pieces(0..source.len()).map(|piece| piece.0).collect();
            prop_assert_eq!(joined, source);
        }
    }
}
