//! Mutants in source code, each behind a number.
//!
//! Parses a Rust file and replaces each expression that has mutants with a `match` on the number of the active mutant.
//! The last arm is the original, so with no active mutant the program is unchanged. Code that the compiler evaluates
//! itself (constants, statics, array lengths, patterns, `const fn`) and code in macros has no mutants.

use std::collections::HashSet;

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, Lit, ReturnType, Signature, Stmt, Type, UnOp, parse_quote};

/// One change to the source.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// Unique in a run, from 1.
    pub number: u32,
    pub file: String,
    /// In the original file, from 1.
    pub line: usize,
    /// The original and its replacement.
    pub change: String,
}

/// Rewrites files one after the other, numbering their mutants.
pub struct Rewriter<'a> {
    /// Mutants that do not compile.
    pub skipped: &'a HashSet<u32>,
    pub mutants: Vec<Mutant>,
    file: String,
    next: u32,
}

impl<'a> Rewriter<'a> {
    pub fn new(skipped: &'a HashSet<u32>) -> Self {
        Self { skipped, mutants: Vec::new(), file: String::new(), next: 1 }
    }

    /// The text of `file` with its mutants.
    pub fn rewrite(&mut self, file: &str, text: &str) -> syn::Result<String> {
        self.file = file.into();
        let mut parsed = syn::parse_file(text)?;
        self.visit_file_mut(&mut parsed);
        Ok(prettyplease::unparse(&parsed))
    }

    /// Notes a mutant. `None` where it is known not to compile.
    fn number(&mut self, span: Span, change: String) -> Option<u32> {
        let number = self.next;
        self.next += 1;
        if self.skipped.contains(&number) {
            return None;
        }
        self.mutants.push(Mutant { number, file: self.file.clone(), line: span.start().line, change });
        Some(number)
    }

    /// `visited`, or one of the replacements of `original`.
    fn choose(&mut self, original: &Expr, visited: Expr, replacements: Vec<Expr>) -> Expr {
        let mut arms: Vec<syn::Arm> = Vec::new();
        for replacement in replacements {
            let change = format!("{} -> {}", code(original), code(&replacement));
            if let Some(number) = self.number(original.span(), change) {
                arms.push(parse_quote!(#number => #replacement,));
            }
        }
        if arms.is_empty() { visited } else { parse_quote!((match crate::mutation::active() { #(#arms)* _ => #visited, })) }
    }

    fn mutate_body(&mut self, signature: &Signature, body: &mut Block) {
        if signature.constness.is_some() {
            return;
        }
        let returns = returns(&signature.output);
        let span = signature.ident.span();
        let is_empty = body.stmts.is_empty();
        visit_mut::visit_block_mut(self, body);
        if is_empty {
            return;
        }
        for (place, value) in returns.into_iter().enumerate() {
            let change = format!("{}: return {} at the start", signature.ident, code(&value));
            if let Some(number) = self.number(span, change) {
                body.stmts.insert(place, parse_quote!(match crate::mutation::active() { #number => return #value, _ => {} }));
            }
        }
    }

    /// Negates a condition that is no comparison; those have mutants of their own.
    fn mutate_condition(&mut self, condition: &mut Expr) {
        let original = condition.clone();
        self.visit_expr_mut(condition);
        if matches!(original, Expr::MethodCall(_) | Expr::Call(_) | Expr::Path(_) | Expr::Field(_) | Expr::Macro(_)) {
            *condition = self.choose(&original, condition.clone(), vec![parse_quote!(!(#original))]);
        }
    }
}

impl VisitMut for Rewriter<'_> {
    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if !is_test(&module.attrs) {
            visit_mut::visit_item_mod_mut(self, module);
        }
    }

    fn visit_item_fn_mut(&mut self, function: &mut syn::ItemFn) {
        self.mutate_body(&function.sig, &mut function.block);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        self.mutate_body(&function.sig, &mut function.block);
    }

    fn visit_item_const_mut(&mut self, _: &mut syn::ItemConst) {}
    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut syn::ItemStatic) {}
    fn visit_item_enum_mut(&mut self, _: &mut syn::ItemEnum) {}
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
    fn visit_macro_mut(&mut self, _: &mut syn::Macro) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}

    fn visit_expr_repeat_mut(&mut self, repeat: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut repeat.expr);
    }

    fn visit_expr_if_mut(&mut self, branch: &mut syn::ExprIf) {
        self.mutate_condition(&mut branch.cond);
        self.visit_block_mut(&mut branch.then_branch);
        if let Some((_, otherwise)) = &mut branch.else_branch {
            self.visit_expr_mut(otherwise);
        }
    }

    fn visit_expr_while_mut(&mut self, repeat: &mut syn::ExprWhile) {
        self.mutate_condition(&mut repeat.cond);
        self.visit_block_mut(&mut repeat.body);
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        if let Some((_, guard)) = &mut arm.guard {
            let original = (**guard).clone();
            self.visit_expr_mut(guard);
            if !has_let(&original) {
                **guard = self.choose(&original, (**guard).clone(), vec![parse_quote!(true), parse_quote!(false)]);
            }
        }
        self.visit_expr_mut(&mut arm.body);
    }

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        let original = statement.clone();
        visit_mut::visit_stmt_mut(self, statement);
        let Stmt::Expr(expression, Some(_)) = &original else { return };
        if matches!(expression, Expr::While(_) | Expr::Loop(_) | Expr::Return(_) | Expr::Break(_) | Expr::Continue(_)) {
            return;
        }
        if let Some(number) = self.number(expression.span(), format!("delete {}", code(expression))) {
            let visited = statement.clone();
            *statement = parse_quote!(match crate::mutation::active() { #number => {} _ => { #visited } });
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let original = expression.clone();
        visit_mut::visit_expr_mut(self, expression);
        let replacements = replacements(&original);
        if !replacements.is_empty() {
            *expression = self.choose(&original, expression.clone(), replacements);
        }
    }
}

/// What an expression is replaced with, one mutant each.
fn replacements(expression: &Expr) -> Vec<Expr> {
    match expression {
        Expr::Binary(binary) if !has_let(expression) => {
            let with = |operator: BinOp| Expr::Binary(syn::ExprBinary { op: operator, ..binary.clone() });
            operators(&binary.op).into_iter().map(with).collect()
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) => vec![(*unary.expr).clone()],
        Expr::Lit(literal) => literals(&literal.lit),
        Expr::MethodCall(call) => {
            let Some(other) = other_method(&call.method.to_string()) else { return Vec::new() };
            let method = syn::Ident::new(other, call.method.span());
            vec![Expr::MethodCall(syn::ExprMethodCall { method, ..call.clone() })]
        }
        _ => Vec::new(),
    }
}

fn operators(operator: &BinOp) -> Vec<BinOp> {
    match operator {
        BinOp::Lt(_) => vec![parse_quote!(<=), parse_quote!(>)],
        BinOp::Le(_) => vec![parse_quote!(<), parse_quote!(>)],
        BinOp::Gt(_) => vec![parse_quote!(>=), parse_quote!(<)],
        BinOp::Ge(_) => vec![parse_quote!(>), parse_quote!(<)],
        BinOp::Eq(_) => vec![parse_quote!(!=)],
        BinOp::Ne(_) => vec![parse_quote!(==)],
        BinOp::And(_) => vec![parse_quote!(||)],
        BinOp::Or(_) => vec![parse_quote!(&&)],
        BinOp::Add(_) => vec![parse_quote!(-)],
        BinOp::Sub(_) => vec![parse_quote!(+)],
        BinOp::Mul(_) => vec![parse_quote!(+)],
        BinOp::Div(_) => vec![parse_quote!(*)],
        BinOp::Rem(_) => vec![parse_quote!(/)],
        BinOp::BitAnd(_) => vec![parse_quote!(|)],
        BinOp::BitOr(_) => vec![parse_quote!(&)],
        BinOp::Shl(_) => vec![parse_quote!(>>)],
        BinOp::Shr(_) => vec![parse_quote!(<<)],
        BinOp::AddAssign(_) => vec![parse_quote!(-=)],
        BinOp::SubAssign(_) => vec![parse_quote!(+=)],
        BinOp::MulAssign(_) => vec![parse_quote!(+=)],
        BinOp::DivAssign(_) => vec![parse_quote!(*=)],
        BinOp::BitAndAssign(_) => vec![parse_quote!(|=)],
        BinOp::BitOrAssign(_) => vec![parse_quote!(&=)],
        _ => Vec::new(),
    }
}

fn literals(literal: &Lit) -> Vec<Expr> {
    match literal {
        Lit::Bool(value) => {
            let other = !value.value;
            vec![parse_quote!(#other)]
        }
        Lit::Int(value) => {
            let Ok(number) = value.base10_parse::<u128>() else { return Vec::new() };
            let with = |number: u128| {
                let literal = syn::LitInt::new(&format!("{number}{}", value.suffix()), value.span());
                parse_quote!(#literal)
            };
            std::iter::once(number + 1).chain(number.checked_sub(1)).map(with).collect()
        }
        Lit::Float(value) => vec![parse_quote!((#value + 1.0))],
        _ => Vec::new(),
    }
}

fn other_method(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 9] = [
        ("min", "max"),
        ("min_by_key", "max_by_key"),
        ("any", "all"),
        ("is_some", "is_none"),
        ("is_some_and", "is_none_or"),
        ("is_ok", "is_err"),
        ("first", "last"),
        ("starts_with", "ends_with"),
        ("take", "skip"),
    ];
    PAIRS.iter().find_map(|&(one, other)| if name == one { Some(other) } else { (name == other).then_some(one) })
}

/// Values that a function may return at once instead of running, by its return type.
fn returns(output: &ReturnType) -> Vec<Expr> {
    let ReturnType::Type(_, kind) = output else { return vec![parse_quote!(())] };
    let Type::Path(path) = &**kind else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let arguments = code(&last.arguments);
    match last.ident.to_string().as_str() {
        "bool" => vec![parse_quote!(true), parse_quote!(false)],
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i32" | "i64" | "i128" | "Units" => vec![parse_quote!(0), parse_quote!(1)],
        "Option" => vec![parse_quote!(None)],
        "String" => vec![parse_quote!(String::new())],
        "Vec" => vec![parse_quote!(Vec::new())],
        "Result" if arguments.is_empty() || arguments.starts_with("< ()") || arguments.starts_with("<()") => vec![parse_quote!(Ok(()))],
        "Money" => vec![parse_quote!(crate::money::Money::ZERO)],
        _ => Vec::new(),
    }
}

/// Is this a condition with `let`, which cannot stand in a match arm?
fn has_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        Expr::Paren(paren) => has_let(&paren.expr),
        _ => false,
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg") && code(&attribute.meta).contains("test"))
}

/// Code on one line.
fn code(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut short: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if short.chars().count() > 90 {
        short = short.chars().take(90).chain("…".chars()).collect();
    }
    short
}
