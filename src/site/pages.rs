//! The pages of a site: templates whose placeholders, such as `[[name]]`, are filled.
//!
//! Pages carry their prices as data, and show their form and their prices before any script has arrived, and without
//! scripts too. The form is the app's own first rendering, so nothing moves when the app takes over.

use std::io;
use std::rc::Rc;

use yew::LocalServerRenderer;
use yew::prelude::*;

use super::output::NewFolder;
use super::price_files::PriceFiles;
use super::settings::{Settings, WrittenPictures};
use super::{PAGE, SiteError};
use crate::app::{App, AppProps, Prices, PricesProps, examples};
use crate::html::{Markup, MarkupContent, el, group};
use crate::price_book::history::History;
use crate::wording::{error_list, shell, site as words};

/// Files with placeholders. The scripts have them inside of string literals.
const TEMPLATES: [&str; 5] = [PAGE, "embed.html", "404.html", "engine.js", "embed.js"];

/// The examples as a component, because the renderer takes only components.
#[component]
fn Examples(props: &PricesProps) -> Html {
    examples(&props.built_in).map(Html::from).unwrap_or_default()
}

/// What takes the place of a placeholder.
#[derive(Debug)]
enum Filling {
    Text(String),
    Html(String),
    /// JSON.
    Data(String),
}

/// The placeholders with what takes their place.
#[derive(Debug)]
pub struct Fillings(Vec<(&'static str, Filling)>);

impl Fillings {
    /// All placeholders of a site.
    ///
    /// # Errors
    /// The price books cannot be used together.
    pub fn new(settings: &Settings, prices: &PriceFiles, pictures: &WrittenPictures) -> Result<Self, Vec<SiteError>> {
        let wrong = |reason: String| vec![SiteError::new("prices", "", reason)];
        let data = serde_json::to_string(prices.books()).map_err(|error| wrong(error.to_string()))?;
        let history = Rc::new(History::from_json(&data).map_err(|errors| wrong(error_list(&errors)))?);
        let service = history.newest().services().first().ok_or_else(|| wrong(words::no_prices("")))?;
        let texts = shell(&settings.name, service).map(|(name, text)| (name, Filling::Text(text)));
        let [app, price_list, worked] = rendered(&history).map_err(|error| wrong(error.to_string()))?;
        let mut all: Vec<(&'static str, Filling)> = texts.into_iter().collect();
        let tagline = settings.tagline.as_ref().map(|tagline| el("span.masthead__tagline").with(tagline.as_str()));
        all.extend([
            ("name", Filling::Text(settings.name.clone())),
            ("policy", Filling::Html(settings.policy())),
            ("head", Filling::Html(head(settings, pictures, service.name()))),
            ("frame-head", Filling::Html(open_only(icon(pictures)))),
            ("tagline", Filling::Html(group().with(tagline).to_string())),
            ("logo", Filling::Html(open_only(logo(pictures)))),
            ("site-footer", Filling::Html(footer(settings).to_string())),
            ("root", Filling::Text(settings.url.clone().unwrap_or_else(|| "/".into()))),
            ("app", Filling::Html(app)),
            ("price-list", Filling::Html(price_list)),
            ("worked-examples", Filling::Html(worked)),
            ("price-books", Filling::Data(data)),
        ]);
        Ok(Self(all))
    }

    /// A template without its placeholders.
    ///
    /// # Errors
    /// It has an unknown placeholder.
    fn fill(&self, name: &str, template: &str) -> Result<String, SiteError> {
        let is_script = name.ends_with(".js");
        let (mut filled, mut rest) = (String::new(), template);
        while let Some((before, behind)) = rest.split_once("[[") {
            let (place, after) = behind.split_once("]]").unwrap_or((behind, ""));
            let filling = self.0.iter().find(|(name, _)| *name == place).map(|(_, filling)| filling);
            let text = match filling {
                Some(Filling::Text(text) | Filling::Data(text)) if is_script => in_string(text),
                Some(Filling::Text(text)) => escaped(text),
                Some(Filling::Html(html)) if !is_script => html.clone(),
                Some(Filling::Data(json)) => inert(json),
                _ => return Err(SiteError::new(name, place, words::UNKNOWN_PLACEHOLDER)),
            };
            filled.push_str(before);
            filled.push_str(&text);
            rest = after;
        }
        Ok(filled + rest)
    }
}

/// Fills every template. `styles` are the former and the present names of style sheets that have changed.
///
/// # Errors
/// A file cannot be read or written, or has an unknown placeholder.
pub fn fill(folder: &NewFolder, fillings: &Fillings, styles: &[[String; 2]]) -> Result<(), SiteError> {
    let pinned = folder.files()?.into_iter().filter(|name| super::output::is_pinned(name));
    for name in TEMPLATES.map(String::from).into_iter().chain(pinned) {
        let mut text = folder.text(&name)?;
        for [former, present] in styles {
            text = text.replace(former, present);
        }
        folder.write(&name, fillings.fill(&name, &text)?)?;
    }
    for [former, _] in styles {
        folder.remove(former);
    }
    Ok(())
}

/// The first screen, the price list and the worked examples as HTML.
fn rendered(history: &Rc<History>) -> io::Result<[String; 3]> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let app = AppProps { history: Some(Rc::clone(history)), ..AppProps::default() };
    let prices = || PricesProps { built_in: Rc::new(history.newest().clone()), scenario: None };
    Ok(runtime.block_on(async {
        [
            LocalServerRenderer::<App>::with_props(app).hydratable(false).render().await,
            LocalServerRenderer::<Prices>::with_props(prices()).hydratable(false).render().await,
            LocalServerRenderer::<Examples>::with_props(prices()).hydratable(false).render().await,
        ]
    }))
}

/// What belongs into the head of the page: its icon and manifest, its address, how it looks where it is shared, and further
/// scripts.
fn head(settings: &Settings, pictures: &WrittenPictures, service: &str) -> String {
    let link = |rel: &str, href: &str| el("link").attr("rel", rel).attr("href", href);
    let property = |name: &str, content: &str| el("meta").attr("property", name).attr("content", content);
    let picture = settings.url.as_ref().and_then(|url| {
        let (name, ..) = pictures.icons.iter().rev().find(|(_, _, media_type)| *media_type == "image/png")?;
        Some(property("og:image", &format!("{url}{name}")))
    });
    let scripts = settings.scripts.iter().filter(|script| script.ends_with(".js"));
    let head = group()
        .with(icon(pictures))
        .with(link("manifest", "callmix.webmanifest"))
        .with(settings.url.as_ref().map(|url| link("canonical", url)))
        .with(property("og:type", "website"))
        .with(property("og:title", &words::title(&settings.name)))
        .with(property("og:description", &words::description(service)))
        .with(settings.url.as_ref().map(|url| property("og:url", url)))
        .with(picture)
        .each(scripts.map(|script| el("script").attr("defer", "").attr("src", script)));
    open_only(head)
}

/// HTML without the end tags of elements that have none.
fn open_only(content: impl MarkupContent) -> String {
    let html = group().with(content).to_string();
    ["link", "meta", "img"].into_iter().fold(html, |html, tag| html.replace(&format!("></{tag}>"), ">"))
}

fn icon(pictures: &WrittenPictures) -> Option<Markup> {
    let (name, _, media_type) = pictures.icons.first()?;
    Some(el("link").attr("rel", "icon").attr("type", media_type).attr("href", &format!("./{name}")))
}

fn logo(pictures: &WrittenPictures) -> Option<Markup> {
    let name = pictures.logo.as_ref()?;
    Some(el("img.masthead__mark").attr("src", &format!("./{name}")).attr("alt", ""))
}

fn footer(settings: &Settings) -> Markup {
    let link =
        |address: &Option<String>, text: &str| address.as_ref().map(|address| el("li").with(el("a").attr("href", address).with(text)));
    let links = [link(&settings.home, words::HOME), link(&settings.contact, words::CONTACT)];
    let has_links = links.iter().any(Option::is_some);
    group()
        .with(settings.footer.as_ref().map(|text| el("p").with(text.as_str())))
        .with(has_links.then(|| el("ul.page-footer__links").each(links.into_iter().flatten())))
        .with(settings.says_made_with.then(|| el("p").with(words::MADE_WITH)))
}

fn escaped(text: &str) -> String {
    el("").with(text).to_string()
}

/// JSON without characters that could end the script element around it, or begin another one in it.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// A text as it stands inside of a string literal of a script.
fn in_string(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    inert(quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default())
}
