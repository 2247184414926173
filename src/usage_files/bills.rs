//! Columns of bills: where each known format has its time, quantity, meter and kind of row. A table of no known format is a
//! [plain](super::plain) one.

use super::layout::{Asked, Count, Layout, PackageColumns, Purpose, plain_name};
use super::problem::FileErrorKind;
use super::{Format, plain};

/// Headings that can be asked for by name.
struct Names(Vec<String>);

impl Names {
    fn is(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|heading| heading == name)
    }

    fn is_any(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.is(name))
    }

    fn contains(&self, parts: &[&str]) -> Option<usize> {
        self.contains_without(parts, &[])
    }

    fn contains_without(&self, parts: &[&str], excluded: &[&str]) -> Option<usize> {
        let has = |heading: &str, parts: &[&str]| parts.iter().any(|part| heading.contains(part));
        parts.iter().find_map(|part| self.0.iter().position(|heading| heading.contains(part) && !has(heading, excluded)))
    }
}

/// The layout of a table with these headings.
///
/// # Errors
/// The table is of no known format, or lacks a column that `forced`, the format that was asked for, needs.
pub fn of_table(headings: &[String], sample: &[Vec<Vec<u8>>], forced: Option<Format>, asked: Asked<'_>) -> Result<Layout, FileErrorKind> {
    if asked.purpose == Purpose::Replay {
        return plain::layout(Format::Csv, headings, sample, asked);
    }
    let names = Names(headings.iter().map(|heading| plain_name(heading)).collect());
    let wants = |format: Format, is_there: bool| forced.map_or(is_there, |forced| forced == format);
    let focus = names.is("chargeperiodstart").is_some() && names.is("chargecategory").is_some();
    let azure = names.is("chargetype").is_some() && names.is_any(&AZURE_DATES).is_some() && names.is_any(&AZURE_QUANTITIES).is_some();
    if wants(Format::Focus, focus) {
        return self::focus(&names, headings);
    }
    if wants(Format::Aws, names.is("lineitemusagestartdate").is_some()) {
        return aws(&names, headings);
    }
    if wants(Format::Azure, azure) {
        return self::azure(&names, headings);
    }
    let tencent_time = names.contains(&TENCENT_TIMES).is_some();
    if wants(Format::Tencent, tencent_time && names.contains(&TENCENT_MARKS).is_some()) && (tencent_time || packages(&names).is_none()) {
        return tencent(&names, headings);
    }
    if let Some(package) = packages(&names)
        && matches!(forced, None | Some(Format::Tencent))
    {
        let list = Layout::new(Format::Tencent, headings);
        return Ok(Layout { package: Some(package), count: Count::Never, ..list });
    }
    plain::layout(Format::Csv, headings, sample, asked)
}

const AZURE_DATES: [&str; 3] = ["date", "usagedatetime", "usagedate"];
const AZURE_QUANTITIES: [&str; 2] = ["quantity", "usagequantity"];
const TENCENT_TIMES: [&str; 3] = ["usagestarttime", "开始使用时间", "使用开始时间"];
const TENCENT_MARKS: [&str; 6] = ["transactiontype", "交易类型", "componentusage", "组件用量", "subproduct", "子产品"];

/// Takes the columns that a format needs, and collects the headings of those that are missing.
#[derive(Default)]
struct Needed(Vec<String>);

impl Needed {
    fn column(&mut self, found: Option<usize>, heading: &str) -> Option<usize> {
        if found.is_none() {
            self.0.push(heading.into());
        }
        found
    }

    fn layout(self, layout: Layout) -> Result<Layout, FileErrorKind> {
        if self.0.is_empty() { Ok(layout) } else { Err(FileErrorKind::MissingColumns { needed: self.0 }) }
    }
}

fn focus(names: &Names, headings: &[String]) -> Result<Layout, FileErrorKind> {
    let mut needed = Needed::default();
    let time = needed.column(names.is("chargeperiodstart"), "ChargePeriodStart");
    let count = needed.column(names.is("consumedquantity"), "ConsumedQuantity");
    let kind = needed.column(names.is("chargecategory"), "ChargeCategory");
    needed.layout(Layout {
        time,
        count: count.map_or(Count::Never, Count::Column),
        kind,
        commitment_status: names.is("commitmentdiscountstatus"),
        meter: [names.is("skumeter"), names.is("servicename")],
        unit: names.is("consumedunit"),
        period: names.is("billingperiodstart").map(|start| (start, names.is("billingperiodend"))),
        ..Layout::new(Format::Focus, headings)
    })
}

fn aws(names: &Names, headings: &[String]) -> Result<Layout, FileErrorKind> {
    let mut needed = Needed::default();
    let time = needed.column(names.is("lineitemusagestartdate"), "lineItem/UsageStartDate");
    let count = needed.column(names.is("lineitemusageamount"), "lineItem/UsageAmount");
    let kind = needed.column(names.is("lineitemlineitemtype"), "lineItem/LineItemType");
    needed.layout(Layout {
        time,
        count: count.map_or(Count::Never, Count::Column),
        kind,
        meter: [names.is("lineitemusagetype"), None],
        unit: names.is("pricingunit"),
        period: names.is("billbillingperiodstartdate").map(|start| (start, names.is("billbillingperiodenddate"))),
        ..Layout::new(Format::Aws, headings)
    })
}

fn azure(names: &Names, headings: &[String]) -> Result<Layout, FileErrorKind> {
    let mut needed = Needed::default();
    let time = needed.column(names.is_any(&AZURE_DATES), "Date");
    let count = needed.column(names.is_any(&AZURE_QUANTITIES), "Quantity");
    let kind = needed.column(names.is("chargetype"), "ChargeType");
    needed.layout(Layout {
        time,
        count: count.map_or(Count::Never, Count::Column),
        kind,
        meter: [names.is("metername"), None],
        unit: names.is("unitofmeasure"),
        period: names.is("billingperiodstartdate").map(|start| (start, names.is("billingperiodenddate"))),
        ..Layout::new(Format::Azure, headings)
    })
}

fn tencent(names: &Names, headings: &[String]) -> Result<Layout, FileErrorKind> {
    let unit = names.contains(&["componentusageunit", "组件用量单位", "usageunit", "用量单位"]);
    let raw = names.contains_without(&["rawusage", "originalusage", "原始用量"], &["unit", "单位"]);
    let component = names.contains_without(&["componentusage", "组件用量"], &["unit", "单位"]);
    let deducted = names.contains_without(&["deductedusage", "抵扣用量"], &["unit", "单位"]);
    let mut needed = Needed::default();
    let time = needed.column(names.contains(&TENCENT_TIMES), "usage start time");
    needed.column(raw.or(component), "component usage");
    needed.layout(Layout {
        time,
        count: Count::BeforePackages { raw, component, deducted },
        kind: names.contains(&["transactiontype", "交易类型"]),
        meter: [names.contains(&["subproductname", "子产品名称"]), names.contains(&["componentname", "组件名称"])],
        unit,
        period: names.contains(&["billmonth", "billingmonth", "账单月"]).map(|month| (month, None)),
        package: packages(names),
        ..Layout::new(Format::Tencent, headings)
    })
}

/// The columns of a list of packages: what is left, and until when.
fn packages(names: &Names) -> Option<PackageColumns> {
    let left = names.contains_without(&["remaining", "剩余", "余量"], &["unit", "time", "days", "单位", "时间", "天数", "rate", "率"])?;
    let until = names.contains(&["expirationtime", "expirytime", "expire", "expiration", "expiry", "到期", "过期", "失效", "有效期至"])?;
    let id = names.contains(&["packageid", "resourceid", "资源包id", "资源id"]);
    Some(PackageColumns { left, unit: names.contains(&["unit", "单位"]), until, id })
}
