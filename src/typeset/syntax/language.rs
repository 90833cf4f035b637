//! What the lexer knows of each language.

/// How a language is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words, strings, comments; capitals begin types.
    Program,
    /// The same, but capitals mean nothing: SQL, whose words may be of any case, and shells.
    Script { ignores_case: bool },
    /// Strings before a colon are keys.
    Data,
    /// Lines begin with a key, up to a sign.
    Settings { sign: char },
    /// Elements in angle brackets.
    Markup,
    /// Lines that came and went.
    Diff,
}

/// A sign that begins and ends strings.
#[derive(Debug)]
pub(super) struct Quote {
    pub(super) sign: &'static str,
    /// Whether a backslash takes the meaning from what follows.
    pub(super) escapes: bool,
    pub(super) spans_lines: bool,
    /// Holds one character, and may also be something else.
    pub(super) is_character: bool,
    /// What it stands behind where it begins a string, unless the line begins with it; empty for anything.
    pub(super) behind: &'static str,
}

impl Quote {
    const fn of(sign: &'static str) -> Self {
        Self { sign, escapes: true, spans_lines: false, is_character: false, behind: "" }
    }

    const fn long(sign: &'static str) -> Self {
        Self { spans_lines: true, ..Self::of(sign) }
    }

    const fn raw(sign: &'static str) -> Self {
        Self { escapes: false, ..Self::of(sign) }
    }

    /// Where text needs no quotes, an apostrophe begins none.
    const fn behind(self, behind: &'static str) -> Self {
        Self { behind, ..self }
    }
}

/// A language, or several that are read alike.
#[derive(Debug)]
pub(super) struct Language {
    /// Its names in fences and classes.
    names: &'static str,
    pub(super) kind: Kind,
    keywords: &'static str,
    constants: &'static str,
    /// What begins a comment to the end of the line.
    pub(super) comments: &'static [&'static str],
    /// Whether such a comment has its line for itself.
    pub(super) comments_alone: bool,
    /// What begins and ends a comment of several lines.
    pub(super) block: Option<(&'static str, &'static str)>,
    /// Longer signs before shorter ones.
    pub(super) quotes: &'static [Quote],
}

impl Language {
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        self.holds(self.keywords, word)
    }

    pub(super) fn is_constant(&self, word: &str) -> bool {
        self.holds(self.constants, word)
    }

    fn holds(&self, words: &str, word: &str) -> bool {
        let ignores_case = self.kind == Kind::Script { ignores_case: true };
        words.split(' ').any(|known| known == word || (ignores_case && known.eq_ignore_ascii_case(word)))
    }
}

/// The language of this name.
pub(super) fn of(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| !name.is_empty() && language.names.split(' ').any(|known| known == name))
}

const CHARACTER: Quote = Quote { is_character: true, ..Quote::of("'") };
const C_BLOCK: Option<(&str, &str)> = Some(("/*", "*/"));
const SLASHES: &[&str] = &["//"];
const HASH: &[&str] = &["#"];
const CONSTANTS: &str = "true false null nil None True False undefined NULL nullptr NaN self this";

/// The beginning of all.
const PLAIN: Language = Language {
    names: "",
    kind: Kind::Program,
    keywords: "",
    constants: CONSTANTS,
    comments: SLASHES,
    comments_alone: false,
    block: C_BLOCK,
    quotes: &[Quote::of("\""), Quote::of("'")],
};

/// Shells, and what is written much like them.
const SHELL: Language = Language {
    names: "bash sh shell zsh fish ksh cmake nix powershell",
    kind: Kind::Script { ignores_case: false },
    keywords: "case do done elif else esac export fi for function if in local return select set source then \
        until while alias cd echo eval exec exit read shift test trap unset sudo ADD ARG CMD COPY ENTRYPOINT ENV \
        EXPOSE FROM LABEL RUN USER VOLUME WORKDIR",
    comments: HASH,
    block: None,
    quotes: &[Quote::long("\""), Quote { spans_lines: true, ..Quote::raw("'") }],
    ..PLAIN
};

/// What values in YAML and in files of settings begin behind.
const BEHIND_COLON: &str = " [{,:";
const BEHIND_EQUALS: &str = " [{,=";

/// Settings whose values may hold the signs that begin comments.
const SETTINGS: Language = Language {
    names: "ini conf cfg properties desktop editorconfig gitconfig",
    kind: Kind::Settings { sign: '=' },
    comments: &["#", ";"],
    comments_alone: true,
    block: None,
    quotes: &[Quote::of("\"").behind(BEHIND_EQUALS), Quote::raw("'").behind(BEHIND_EQUALS)],
    ..PLAIN
};

static LANGUAGES: &[Language] = &[
    Language {
        names: "rust rs",
        keywords: "as async await box break const continue crate dyn else enum extern fn for if impl in let loop \
            macro_rules match mod move mut pub ref return static struct super trait type union unsafe use where while \
            bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        quotes: &[Quote::long("\""), CHARACTER],
        ..PLAIN
    },
    Language {
        names: "c h cpp c++ cc cxx hpp objc objective-c objectivec arduino glsl cuda",
        keywords: "auto bool break case catch char class const constexpr continue default delete do double else enum \
            explicit extern float for friend goto if inline int long namespace new operator override private \
            protected public register return short signed sizeof static struct switch template throw try typedef \
            typename union unsigned using virtual void volatile while define include ifdef ifndef endif pragma import",
        quotes: &[Quote::of("\""), CHARACTER],
        ..PLAIN
    },
    Language {
        names: "java kotlin kt scala groovy gradle csharp c# cs swift dart solidity",
        keywords: "abstract as assert async await boolean break byte case catch char class companion const continue \
            data def default defer delegate do double else enum extends extension final finally float for foreach \
            func fun get guard if implements implicit import in init instanceof int interface internal is lateinit \
            let lock long match namespace native new object open operator out override package private protected \
            protocol public record ref return sealed set short static string struct suspend switch synchronized \
            throw throws trait try typealias using val var virtual void volatile when where while with yield",
        quotes: &[Quote::long("\"\"\""), Quote::of("\""), CHARACTER],
        ..PLAIN
    },
    Language {
        names: "go golang",
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import \
            interface map package range return select struct switch type var bool byte error float32 float64 int \
            int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr any iota",
        quotes: &[Quote::of("\""), CHARACTER, Quote { spans_lines: true, ..Quote::raw("`") }],
        ..PLAIN
    },
    Language {
        names: "javascript js jsx mjs cjs typescript ts tsx node vue svelte actionscript",
        keywords: "abstract any as async await boolean break case catch class const constructor continue debugger \
            declare default delete do else enum export extends finally for from function get if implements import in \
            instanceof interface is keyof let namespace never new number of private protected public readonly return \
            set static string super switch throw try type typeof unknown var void while with yield",
        quotes: &[Quote::of("\""), Quote::of("'"), Quote::long("`")],
        ..PLAIN
    },
    Language {
        names: "php",
        keywords: "abstract and array as break case catch class clone const continue declare default do echo else \
            elseif empty endforeach endif extends final finally fn for foreach function global if implements include \
            instanceof interface isset match namespace new or print private protected public require require_once \
            return static switch throw trait try unset use var while yield php",
        comments: &["//", "#"],
        quotes: &[Quote::long("\""), Quote::long("'")],
        ..PLAIN
    },
    Language {
        names: "python py python3 ipython starlark",
        keywords: "and as assert async await break case class continue def del elif else except finally for from \
            global if import in is lambda match nonlocal not or pass raise return try while with yield",
        comments: HASH,
        block: None,
        quotes: &[Quote::long("\"\"\""), Quote::long("'''"), Quote::of("\""), Quote::of("'")],
        ..PLAIN
    },
    Language {
        names: "ruby rb perl pl elixir ex julia jl r crystal",
        keywords: "BEGIN END alias and begin break case class def defined defmodule defp do else elsif end ensure \
            extend fn for function if in include last library local loop module my next not or our package private \
            protected public raise redo require rescue retry return sub super then undef unless until use using when \
            while yield",
        comments: HASH,
        block: None,
        quotes: &[Quote::long("\""), Quote::of("'")],
        ..PLAIN
    },
    Language {
        names: "lua",
        keywords: "and break do else elseif end for function goto if in local not or repeat return then until while",
        comments: &["--"],
        block: Some(("--[[", "]]")),
        ..PLAIN
    },
    Language {
        names: "haskell hs elm purescript",
        keywords: "case class data deriving do else if import in infixl infixr instance let module newtype of then \
            type where",
        comments: &["--"],
        block: Some(("{-", "-}")),
        quotes: &[Quote::of("\""), CHARACTER],
        ..PLAIN
    },
    SHELL,
    Language {
        // What a program answers, a recipe or an instruction holds apostrophes that nothing closes.
        names: "console shell-session shellsession makefile make dockerfile docker",
        quotes: &[Quote::of("\""), Quote::raw("'")],
        ..SHELL
    },
    Language {
        names: "sql mysql postgresql postgres pgsql plsql sqlite tsql",
        kind: Kind::Script { ignores_case: true },
        keywords: "add all alter and as asc begin between by case cast check column commit constraint create cross \
            database default delete desc distinct drop else end exists explain foreign from full group having if in \
            index inner insert into is join key left like limit not offset on or order outer over partition primary \
            references returning right rollback select set table then to transaction trigger union unique update \
            using values view when where with bigint blob boolean char date decimal int integer text timestamp varchar",
        comments: &["--"],
        quotes: &[Quote::raw("'"), Quote::raw("\"")],
        ..PLAIN
    },
    Language { names: "json json5 jsonc ipynb", kind: Kind::Data, ..PLAIN },
    Language {
        names: "yaml yml",
        kind: Kind::Settings { sign: ':' },
        comments: HASH,
        block: None,
        quotes: &[Quote::of("\"").behind(BEHIND_COLON), Quote::raw("'").behind(BEHIND_COLON)],
        ..PLAIN
    },
    SETTINGS,
    Language { names: "toml dotenv", comments: HASH, comments_alone: false, ..SETTINGS },
    Language { names: "css scss sass less", kind: Kind::Settings { sign: ':' }, comments: &["// "], ..PLAIN },
    Language {
        names: "html xml svg xhtml htm rss atom xsl plist markup handlebars",
        kind: Kind::Markup,
        comments: &[],
        block: Some(("<!--", "-->")),
        ..PLAIN
    },
    Language { names: "diff patch", kind: Kind::Diff, comments: &[], block: None, ..PLAIN },
];
