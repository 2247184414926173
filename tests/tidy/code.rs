//! Rust source as tokens: the paths, numbers and texts in a file, without its comments and its inline tests.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The code of one file, as far as the rules read it.
#[derive(Default)]
pub struct Code {
    /// Paths such as `crate::money::Decimal`, with the line they start on. A group of imports is one path for each name.
    pub paths: Vec<(String, usize)>,
    /// String literals with their quotes and escapes, and their lines. Attributes, and with them doc comments, are not read.
    pub texts: Vec<(String, usize)>,
    /// Number literals as written, and their lines.
    pub numbers: Vec<(String, usize)>,
}

impl Code {
    /// Parses a whole file. Modules under `#[cfg(test)]` that are written out in the file are left out; one that is only
    /// declared, `mod tests;`, ends nothing.
    pub fn of(source: &str) -> Self {
        let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("not Rust: {error}"));
        let mut code = Self::default();
        code.read(tokens, "");
        code
    }

    /// Reads a stream of tokens; `prefix` is the path before a group of imports, with its `::`.
    fn read(&mut self, tokens: TokenStream, prefix: &str) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut path = (String::new(), 0);
        let mut continues = false;
        let mut place = 0;
        while let Some(token) = tokens.get(place) {
            place += 1;
            match token {
                TokenTree::Ident(name) if continues => path.0 += &format!("::{name}"),
                TokenTree::Ident(name) => {
                    self.end(&mut path);
                    path = (format!("{prefix}{name}"), name.span().start().line);
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' && is_separator(tokens.get(place)) => {
                    place += 1;
                    continues = true;
                    continue;
                }
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    self.end(&mut path);
                    place = after_attribute(&tokens, place);
                }
                TokenTree::Group(group) if continues && group.delimiter() == Delimiter::Brace => {
                    self.read(group.stream(), &format!("{}::", path.0));
                    path = Default::default();
                }
                TokenTree::Group(group) => {
                    self.end(&mut path);
                    self.read(group.stream(), "");
                }
                TokenTree::Literal(literal) => {
                    self.end(&mut path);
                    let line = literal.span().start().line;
                    let text = literal.to_string();
                    let kind = if text.contains('"') {
                        Some(&mut self.texts)
                    } else {
                        text.starts_with(|c: char| c.is_ascii_digit()).then_some(&mut self.numbers)
                    };
                    kind.into_iter().for_each(|kind| kind.push((text.clone(), line)));
                }
                TokenTree::Punct(_) => self.end(&mut path),
            }
            continues = false;
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut (String, usize)) {
        let path = std::mem::take(path);
        if !path.0.is_empty() {
            self.paths.push(path);
        }
    }
}

fn is_separator(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':')
}

/// The place after an attribute whose `#` stands before `place`, and after the tests that it marks, if they are written out.
fn after_attribute(tokens: &[TokenTree], place: usize) -> usize {
    let inner = matches!(tokens.get(place), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
    let place = place + usize::from(inner);
    let Some(TokenTree::Group(attribute)) = tokens.get(place) else { return place };
    match tokens.get(place + 1..) {
        Some([TokenTree::Ident(keyword), TokenTree::Ident(_), TokenTree::Group(_), ..]) if is_test(attribute) && keyword == "mod" => {
            place + 4
        }
        _ => place + 1,
    }
}

fn is_test(attribute: &Group) -> bool {
    attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}
