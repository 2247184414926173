//! The JSON contract: every error with its code and field, and the JSON of a quote.
//!
//! Invalid documents with the code and the field of each of their errors, in document order, and each limit from its
//! valid side too. Source: the contract, "Scenario", "Price book", "Quote" and "Errors".

use callmix::json_lines::answer;
use callmix::price_book::PriceBook;
use serde_json::Value;

/// A valid price book with every optional field.
const BOOK: &str = concat!(
    r#"{"version":"v","currency":"USD","source":"https://a.example","services":[{"id":"s","name":"S","group":"g","#,
    r#""packages":[{"calls":100,"price":"420"},{"calls":1000,"price":"3800"}],"package_validity_months":12,"refund_days":7,"#,
    r#""tiers":[{"from":0,"unit_price":"4.8"},{"from":100,"unit_price":"4.2"}],"tier_basis":"billed","#,
    r#""concurrent":{"price_per_slot_month":"7200","max_slots":50},"#,
    r#""links":{"buy":"https://a.example/buy","contact":"https://a.example/contact"}}]}"#
);

pub(super) fn quote_of(scenario: &str) -> Result<Value, Value> {
    let json = |text: String| serde_json::from_str(&text).expect("JSON");
    answer(scenario, &PriceBook::built_in().expect("valid")).map(json).map_err(json)
}

/// The code and the field of each error of a scenario. Checks the shape of the answer on the way.
#[track_caller]
pub(super) fn errors_of(scenario: &str) -> Vec<String> {
    let answer = quote_of(scenario).expect_err(scenario);
    let errors = answer["errors"].as_array().expect("a list");
    assert_eq!((answer.as_object().map(|fields| fields.len()), &answer["error"]), (Some(2), &errors[0]), "{scenario}");
    let text = |error: &Value, name: &str| error[name].as_str().expect("text").to_string();
    for error in errors {
        let message = text(error, "message");
        let sentences = message.matches(". ").count() + 1;
        assert!(message.ends_with('.') && sentences == 1, "{message:?} is not one sentence");
        assert_eq!(error.as_object().map(|fields| fields.len()), Some(3), "{scenario}");
    }
    errors.iter().map(|error| format!("{} {}", text(error, "code"), text(error, "field")).trim_end().into()).collect()
}

/// Expected errors are written as `code field; code field`, and as `code` alone for the whole document.
#[track_caller]
pub(super) fn check_document(document: &str, expected: &str) {
    assert_eq!(errors_of(document).join("; "), expected, "{document}");
}

/// A scenario of 300 calls a year with these further fields.
#[track_caller]
pub(super) fn check(further: &str, expected: &str) {
    check_document(&format!(r#"{{"usage":{{"yearly":300}},{further}}}"#), expected);
}

#[track_caller]
fn check_usage(usage: &str, expected: &str) {
    check_document(&format!(r#"{{"usage":{usage}}}"#), expected);
}

#[track_caller]
pub(super) fn allow(further: &str) {
    let scenario = format!(r#"{{"usage":{{"yearly":300}},{further}}}"#);
    assert_eq!(quote_of(&scenario).err(), None, "{scenario}");
}

/// The price book with `what` replaced.
#[track_caller]
fn edited(what: &str, by: &str) -> String {
    assert_eq!(BOOK.matches(what).count(), 1, "{what} must occur once");
    BOOK.replace(what, by)
}

/// Puts `path` in front of the fields that start with a point.
fn within(path: &str, errors: &str) -> String {
    errors.replace(" .", &format!(" {path}."))
}

/// An edited price book has the same errors alone and inside a scenario. Fields that start with a point are the service's.
#[track_caller]
fn check_book(what: &str, by: &str, expected: &str) {
    let (book, expected) = (edited(what, by), within("services[0]", expected));
    let alone = PriceBook::from_json(&book).expect_err(&book);
    let alone: Vec<_> = alone.iter().map(|error| format!("{} {}", error.kind.code(), error.field)).collect();
    assert_eq!(alone.join("; "), expected, "{book}");
    let inside: Vec<_> = expected.split("; ").map(|pair| pair.replacen(' ', " price_book.", 1)).collect();
    check(&format!(r#""price_book":{book}"#), &inside.join("; "));
}

#[track_caller]
fn allow_book(what: &str, by: &str) {
    allow(&format!(r#""price_book":{}"#, edited(what, by)));
}

#[test]
fn rejects_documents_that_are_not_scenarios() {
    for document in ["", "{", "x", r#"{"usage":{"yearly":300}} x"#, "{'usage':{}}", r#"{"usage":{"yearly":300},}"#] {
        check_document(document, "not_json");
    }
    for document in ["[]", "1", "null", r#""{}""#] {
        check_document(document, "wrong_type");
    }
    check_document("{}", "missing usage");
    check(r#""colour":1,"freeCalls":2"#, "unknown_field colour; unknown_field freeCalls");
    check(r#""postpaid":true,"postpaid":true"#, "duplicate postpaid");
}

#[test]
fn validates_usage() {
    check_usage("null", "wrong_type usage");
    check_usage("300", "wrong_type usage");
    check_usage("{}", "missing usage");
    // The JSON library marks numbers by this name; in a document it is a field like any other.
    check_usage(r#"{"yearly":{"$serde_json::private::Number":"12"}}"#, "wrong_type usage.yearly");
    check_usage(r#"{"$serde_json::private::Number":"12"}"#, "unknown_field usage.$serde_json::private::Number; missing usage");
    check_usage(r#"{"yearly":300,"weekly":6}"#, "unknown_field usage.weekly");
    check_usage(r#"{"yearly":12,"monthly":[1,1,1,1,1,1,1,1,1,1,1,1]}"#, "only_one_of usage.monthly");
    check_usage(r#"{"yearly":null}"#, "wrong_type usage.yearly");
    check_usage(r#"{"yearly":"300"}"#, "wrong_type usage.yearly");
    for number in ["300.0", "1e3", "0.5", "-0.5"] {
        check_usage(&format!(r#"{{"yearly":{number}}}"#), "not_a_whole_number usage.yearly");
    }
    for number in ["-5", "1000000000001", "18446744073709551616", "1234567890123456789012345678901234567890"] {
        check_usage(&format!(r#"{{"yearly":{number}}}"#), "out_of_range usage.yearly");
    }
    check_usage(r#"{"monthly":12}"#, "wrong_type usage.monthly");
    check_usage(r#"{"monthly":[1,1,1,1,1,1,1,1,1,1,1]}"#, "wrong_length usage.monthly");
    check_usage(r#"{"monthly":[1,1,1,1,1,1,1,1,1,1,1,1,1]}"#, "wrong_length usage.monthly");
    check_usage(r#"{"monthly":[1,1,1,1.0,1,1,1,1,1,1,-1,1]}"#, "not_a_whole_number usage.monthly[3]; out_of_range usage.monthly[10]");
    check_usage(r#"{"monthly":[1000000000000,1,0,0,0,0,0,0,0,0,0,0]}"#, "out_of_range usage.monthly");
    let most = r#"{"usage":{"monthly":[999999999999,0,0,0,0,0,0,0,0,0,0,1]}}"#;
    assert_eq!(quote_of(most).map(|quote| quote["months"][11]["calls"].clone()), Ok(1.into()));
}

#[test]
fn validates_fields_that_stand_alone() {
    allow(r#""start":null,"tier_basis":null,"concurrency":null,"discount":null,"price_book":null,"service":null"#);
    let nulls = r#""free_calls":null,"owned_packages":null,"postpaid":null,"insights":null"#;
    check(nulls, "wrong_type free_calls; wrong_type owned_packages; wrong_type postpaid; wrong_type insights");
    allow(r#""start":"2027-12","free_calls":1000000000000,"tier_basis":"all","service":"image-animate""#);
    for start in ["2027-13", "2027-00", "2027-1", "27-01", "2027-01-01", "January", ""] {
        check(&format!(r#""start":"{start}""#), "malformed_month start");
    }
    check(r#""start":202701"#, "wrong_type start");
    check(r#""free_calls":-1"#, "out_of_range free_calls");
    check(r#""free_calls":1.5"#, "not_a_whole_number free_calls");
    check(r#""free_calls":1000000000001"#, "out_of_range free_calls");
    check(r#""postpaid":"on""#, "wrong_type postpaid");
    check(r#""tier_basis":"marginal""#, "unknown_value tier_basis");
    check(r#""service":"image""#, "unknown_service service");
    check(r#""service":1"#, "wrong_type service");
    check(&format!(r#""price_book":{BOOK},"service":"image-animate""#), "unknown_service service");
    check(r#""price_book":"2026-11-22""#, "wrong_type price_book");
    check(r#""insights":1"#, "wrong_type insights");
}

#[test]
fn validates_owned_packages() {
    let owned = |package: &str| format!(r#""owned_packages":[{{"calls":1,"months_left":1}},{package}]"#);
    allow(&owned(r#"{"calls":1000000000000,"months_left":12}"#));
    check(&owned(r#"{"calls":0,"months_left":0}"#), "out_of_range owned_packages[1].calls; out_of_range owned_packages[1].months_left");
    check(&owned(r#"{"calls":1000000000001,"months_left":12}"#), "out_of_range owned_packages[1].calls");
    check(&owned(r#"{"months_left":13,"calls":1}"#), "out_of_range owned_packages[1].months_left");
    check(&owned("{}"), "missing owned_packages[1].calls; missing owned_packages[1].months_left");
    check(&owned("350"), "wrong_type owned_packages[1]");
    check(r#""owned_packages":{}"#, "wrong_type owned_packages");
    // The limit is the validity of the service's packages.
    let book = edited("\"package_validity_months\":12", "\"package_validity_months\":24");
    allow(&format!(r#""price_book":{book},{}"#, owned(r#"{"calls":1,"months_left":24}"#)));
    let longer = owned(r#"{"calls":1,"months_left":25}"#);
    check(&format!(r#""price_book":{book},{longer}"#), "out_of_range owned_packages[1].months_left");
}

#[test]
fn validates_slots() {
    let concurrency = |fields: &str| format!(r#""concurrency":{{{fields}}}"#);
    check(&concurrency(""), "missing concurrency");
    check(&concurrency(r#""slots":3,"queued":{}"#), "only_one_of concurrency.queued");
    check(&concurrency(r#""tasks":3,"slots":3"#), "unknown_field concurrency.tasks");
    check(&concurrency(r#""slots":null"#), "wrong_type concurrency.slots");
    check(&concurrency(r#""slots":"3""#), "wrong_type concurrency.slots");
    check(&concurrency(r#""slots":2.5"#), "not_a_whole_number concurrency.slots");
    check(&concurrency(r#""slots":-1"#), "out_of_range concurrency.slots");
    check(&concurrency(r#""slots":0"#), "out_of_range concurrency.slots");
    check(&concurrency(r#""slots":[1,2,3]"#), "wrong_length concurrency.slots");
    check(&concurrency(r#""slots":[1,1,1,0,1,1,1,1,1,1,1,0]"#), "out_of_range concurrency.slots[3]; out_of_range concurrency.slots[11]");
    // A month without calls needs no slots.
    let busy_march = |slots: &str| format!(r#"{{"usage":{{"monthly":[0,0,9,0,0,0,0,0,0,0,0,0]}},"concurrency":{{"slots":{slots}}}}}"#);
    check_document(&busy_march("[0,0,0,0,0,0,0,0,0,0,0,0]"), "out_of_range concurrency.slots[2]");
    assert_eq!(quote_of(&busy_march("[0,0,1,0,0,0,0,0,0,0,0,0]")).err(), None);
    assert_eq!(quote_of(r#"{"usage":{"yearly":0},"concurrency":{"slots":0}}"#).err(), None);
}

#[test]
fn validates_queued_work() {
    let queued = |seconds: &str, hours: &str, utilisation: &str| {
        let fields = format!(r#""seconds_per_call":{seconds},"busy_hours_per_month":{hours},"target_utilisation":{utilisation}"#);
        format!(r#""concurrency":{{"queued":{{{fields}}}}}"#)
    };
    let check = |further: &str, expected: &str| check(further, &within("concurrency.queued", expected));
    allow(&queued(r#""0.000000001""#, r#""744""#, r#""1""#));
    let all_three = "out_of_range .seconds_per_call; out_of_range .busy_hours_per_month; out_of_range .target_utilisation";
    check(&queued(r#""0""#, r#""0.0""#, r#""0""#), all_three);
    check(&queued(r#""60""#, r#""744.1""#, r#""1.01""#), "out_of_range .busy_hours_per_month; out_of_range .target_utilisation");
    check(&queued("60", r#""1e2""#, r#""1""#), "wrong_type .seconds_per_call; malformed_decimal .busy_hours_per_month");
    check(&queued(r#""60""#, "null", r#""80%""#), "wrong_type .busy_hours_per_month; malformed_decimal .target_utilisation");
}

#[test]
fn validates_live_traffic() {
    let live = |fields: &str| format!(r#""concurrency":{{"live":{{"seconds_per_call":"60",{fields}}}}}"#);
    let check = |fields: &str, expected: &str| check(&live(fields), &within("concurrency.live", expected));
    allow(&live(r#""busy_hour_calls":"0.5","accepted_failure":"0.999999999""#));
    allow(&live(r#""busy_hour_share":"1","accepted_failure":"0.000000001""#));
    for accepted in ["0", "1", "1.0", "2"] {
        check(&format!(r#""busy_hour_calls":"500","accepted_failure":"{accepted}""#), "out_of_range .accepted_failure");
    }
    check(r#""busy_hour_calls":"0","accepted_failure":"0.1""#, "out_of_range .busy_hour_calls");
    check(r#""busy_hour_share":"1.000000001","accepted_failure":"0.1""#, "out_of_range .busy_hour_share");
    check(r#""busy_hour_share":"0","accepted_failure":0.1"#, "out_of_range .busy_hour_share; wrong_type .accepted_failure");
    check(r#""busy_hour_calls":"9","busy_hour_share":"0.1","accepted_failure":"0.1""#, "only_one_of .busy_hour_share");
    check(r#""accepted_failure":"0.1""#, "missing concurrency.live");
}

#[test]
fn validates_discounts() {
    allow(r#""discount":{"packages":"100","postpaid":"99.99","concurrent":"0.01"}"#);
    allow(r#""discount":{}"#);
    check(r#""discount":{"packages":"100.01"}"#, "out_of_range discount.packages");
    check(r#""discount":{"postpaid":"0.125"}"#, "malformed_decimal discount.postpaid");
    check(r#""discount":{"packages":"-1","postpaid":"10%"}"#, "malformed_decimal discount.packages; malformed_decimal discount.postpaid");
    check(r#""discount":{"concurrent":10}"#, "wrong_type discount.concurrent");
    check(r#""discount":{"packages":null,"slots":"1"}"#, "wrong_type discount.packages; unknown_field discount.slots");
}

#[test]
fn validates_price_books() {
    allow(&format!(r#""price_book":{BOOK}"#));
    check_book(r#""version":"v""#, r#""version":"""#, "empty version");
    check_book(r#""version":"v""#, r#""version":1"#, "wrong_type version");
    check_book(r#""currency":"USD""#, r#""currency":"""#, "empty currency");
    check_book(r#""currency":"USD","#, "", "missing currency");
    check_book(r#""currency":"USD""#, r#""currency":null,"colour":1"#, "wrong_type currency; unknown_field colour");
    let (before, after) = BOOK.split_once(r#""services":["#).expect("services");
    let services = after.strip_suffix("]}").expect("the end");
    check_book(&format!("[{services}]"), "[]", "empty services");
    check_book(&format!(r#","services":[{services}]"#), "", "missing services");
    check_book(services, &format!("{services},{services}"), "duplicate services[1].id");
    let two = format!(r#"{before}"services":[{services},{}]}}"#, services.replacen(r#""s""#, r#""t""#, 1));
    allow(&format!(r#""price_book":{two},"service":"t""#));
    check_book(r#""id":"s""#, r#""id":"""#, "empty .id");
    check_book(r#","group":"g""#, r#","group":null"#, "wrong_type .group");
    check_book(r#""refund_days":7"#, r#""refund_days":-7"#, "out_of_range .refund_days");
    check_book(r#""tier_basis":"billed""#, r#""tier_basis":null"#, "wrong_type .tier_basis");
    for link in ["http://a.example", "javascript:alert(1)", "https://", "//a.example", ""] {
        check_book("https://a.example/buy", link, "not_https .links.buy");
        check_book("https://a.example/contact", link, "not_https .links.contact");
    }
    let links = r#","links":{"buy":"https://a.example/buy","contact":"https://a.example/contact"}"#;
    let others = [r#""source":"https://a.example","#, r#""group":"g","#, r#""refund_days":7,"#, r#""tier_basis":"billed","#];
    others.iter().chain([&links]).for_each(|optional| allow_book(optional, ""));
}

#[test]
fn validates_packages() {
    const FIRST: &str = r#"{"calls":100,"price":"420"}"#;
    for (by, expected) in [
        (r#"{"calls":0,"price":"420"}"#, "out_of_range .packages[0].calls"),
        (r#"{"calls":1000000000001,"price":"420"}"#, "out_of_range .packages[0].calls"),
        (r#"{"calls":"100","price":420}"#, "wrong_type .packages[0].calls; wrong_type .packages[0].price"),
        (r#"{"price":"-420"}"#, "malformed_decimal .packages[0].price; missing .packages[0].calls"),
        (r#"{"calls":1000,"price":"420"}"#, "duplicate .packages[1].calls"),
        ("null", "wrong_type .packages[0]"),
    ] {
        check_book(FIRST, by, expected);
    }
    for price in ["", "-1", "4,8", "1e3", " 1", "1.", ".5", "0.1234567890", "1234567890123", "$1"] {
        check_book(r#""420""#, &format!("{price:?}"), "malformed_decimal .packages[0].price");
    }
    allow_book(r#""420""#, r#""999999999999.999999999""#);
    check_book(r#""package_validity_months":12"#, r#""package_validity_months":11"#, "unsupported_validity .package_validity_months");
    allow_book(r#""package_validity_months":12"#, r#""package_validity_months":13"#);
    let sizes = |count: u64| (1..=count).map(|calls| format!(r#"{{"calls":{calls},"price":"1"}}"#)).collect::<Vec<_>>().join(",");
    let both = format!(r#"{FIRST},{{"calls":1000,"price":"3800"}}"#);
    allow_book(&both, &sizes(16));
    check_book(&both, &sizes(17), "out_of_range .packages");
    // The best-value size is at most 200,000 times the common divisor of all sizes, here 3.
    allow_book(&both, r#"{"calls":600000,"price":"1"},{"calls":3,"price":"1"}"#);
    check_book(&both, r#"{"calls":600003,"price":"1"},{"calls":3,"price":"1"}"#, "unsupported_sizes .packages");
    allow_book(&both, r#"{"calls":600003,"price":"900000"},{"calls":3,"price":"1"}"#);
}

#[test]
fn validates_tiers() {
    const BOTH: &str = r#"{"from":0,"unit_price":"4.8"},{"from":100,"unit_price":"4.2"}"#;
    let tiers = |starts: &[i64]| starts.iter().map(|from| format!(r#"{{"from":{from},"unit_price":"1"}}"#)).collect::<Vec<_>>().join(",");
    allow_book(BOTH, &tiers(&[0, 1, 1_000_000_000_000]));
    check_book(BOTH, &tiers(&[1]), "missing .tiers");
    check_book(BOTH, &tiers(&[0, 100, 100]), "duplicate .tiers[2].from");
    check_book(BOTH, &tiers(&[0, 0]), "duplicate .tiers[1].from");
    check_book(BOTH, &tiers(&[0, 100, 50, 200]), "unsorted .tiers[2].from");
    check_book(BOTH, &tiers(&[100, 0]), "unsorted .tiers[1].from");
    check_book(BOTH, &tiers(&[0, -1]), "out_of_range .tiers[1].from");
    check_book(BOTH, &tiers(&[0, 1_000_000_000_001]), "out_of_range .tiers[1].from");
    check_book(r#""4.8""#, "4.8", "wrong_type .tiers[0].unit_price");
    check_book(r#""4.8""#, r#""4.8 USD""#, "malformed_decimal .tiers[0].unit_price");
    let many: Vec<i64> = (0..33).collect();
    allow_book(BOTH, &tiers(&many[..32]));
    check_book(BOTH, &tiers(&many), "out_of_range .tiers");
}

#[test]
fn requires_one_of_the_three_billing_modes() {
    const SLOTS: &str = r#"{"price_per_slot_month":"7200","max_slots":50}"#;
    check_book(r#""max_slots":50"#, r#""max_slots":0"#, "out_of_range .concurrent.max_slots");
    check_book(r#""7200""#, "7200", "wrong_type .concurrent.price_per_slot_month");
    check_book(&format!(r#""concurrent":{SLOTS}"#), r#""slots":null"#, "unknown_field .slots; missing .concurrent");
    allow_book(SLOTS, "null");
    let nothing = |concurrent: &str| {
        format!(
            r#"{{"version":"v","currency":"USD","services":[{{"id":"s","name":"S","packages":[],"package_validity_months":12,
                "tiers":[],"concurrent":{concurrent}}}]}}"#
        )
    };
    check(&format!(r#""price_book":{}"#, nothing("null")), "empty price_book.services[0]");
    let slots_only = format!(r#""price_book":{}"#, nothing(SLOTS));
    allow(&format!(r#"{slots_only},"concurrency":{{"slots":1}}"#));
    check(&slots_only, "no_plan postpaid");
    // Without packages and with postpaid off, calls would fail.
    let postpaid_only = nothing("null").replace(r#""tiers":[]"#, r#""tiers":[{"from":0,"unit_price":"1"}]"#);
    allow(&format!(r#""price_book":{postpaid_only}"#));
    check(&format!(r#""price_book":{postpaid_only},"postpaid":false"#), "no_plan postpaid");
}

#[test]
fn reports_all_errors_in_document_order() {
    check_document(
        r#"{"free_calls":-1,"usage":{"monthly":[1,2.5,"3"]},"postpaid":1,"colour":1,"discount":{"postpaid":5},"start":"x"}"#,
        "out_of_range free_calls; wrong_length usage.monthly; not_a_whole_number usage.monthly[1]; wrong_type usage.monthly[2]; \
         wrong_type postpaid; unknown_field colour; wrong_type discount.postpaid; malformed_month start",
    );
    // A missing field has its place at the end of its object.
    check_document(
        r#"{"owned_packages":[{"calls":0}],"service":"x"}"#,
        "out_of_range owned_packages[0].calls; missing owned_packages[0].months_left; unknown_service service; missing usage",
    );
}

/// Every name and type and their order, for 300 calls: three packages, each used up in four months.
#[test]
fn writes_the_whole_quote_of_the_first_example() {
    let book = PriceBook::built_in().expect("valid");
    assert!(book.hash().len() == 8 && book.hash().bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", book.hash());
    let month = |month: u32, charge: &str, left: u32| {
        format!(
            r#"{{"month":{month},"mode":"per_call","calls":25,"free":0,"prepaid":25,"postpaid":0,"unit_price":null,
                "postpaid_charge":"0.00","slots":0,"concurrent_charge":"0.00","package_charge":"{charge}","charge":"{charge}",
                "prepaid_left":{left},"expired":0}}"#
        )
    };
    let third = |first: u32| {
        [(0, "420.00", 75), (1, "0.00", 50), (2, "0.00", 25), (3, "0.00", 0)].map(|(i, charge, left)| month(first + i, charge, left))
    };
    let expected = format!(
        r#"{{"currency":"USD","total":"1260.00",
            "purchases":[{{"month":1,"calls":100,"count":1,"amount":"420.00"}},
                {{"month":5,"calls":100,"count":1,"amount":"420.00"}},
                {{"month":9,"calls":100,"count":1,"amount":"420.00"}}],
            "months":[{}],"unused_prepaid":0,
            "alternatives":[{{"strategy":"packages_only","total":"1260.00"}},
                {{"strategy":"postpaid_only","total":"1440.00"}},
                {{"strategy":"concurrent_only","total":null,"reason":"slots_unknown"}}],
            "price_book":{{"version":"2026-11-22","hash":"{}","service":"image-animate"}}}}"#,
        [third(1), third(5), third(9)].concat().join(","),
        book.hash()
    );
    // No value contains a space, so all spaces are layout.
    let expected: String = expected.split_whitespace().collect();
    assert_eq!(answer(r#"{"usage":{"yearly":300}}"#, &book), Ok(expected));
}

/// Digits without leading zeros, then at least two decimals, and no zero after those.
fn is_amount(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(whole, fraction)| {
        let plain = whole == "0" || (!whole.starts_with('0') && !whole.is_empty());
        plain && digits(whole) && digits(fraction) && fraction.len() >= 2 && (fraction.len() == 2 || !fraction.ends_with('0'))
    })
}

#[test]
fn writes_amounts_with_two_decimals_or_as_many_as_they_need() {
    const NINE: &str = "10.000000001";
    for (price, written) in [("4.8", "4.80"), ("007", "7.00"), ("0.0750", "0.075"), ("0.100", "0.10"), ("0", "0.00"), (NINE, NINE)] {
        let book = edited(r#""4.8""#, &format!("{price:?}"));
        let quote = quote_of(&format!(r#"{{"usage":{{"yearly":1}},"price_book":{book}}}"#)).expect("a quote");
        assert_eq!((&quote["total"], &quote["months"][11]["unit_price"]), (&written.into(), &written.into()));
        // Every text that starts with a digit is an amount, except the hash of the price book.
        let text = quote.to_string().replace(quote["price_book"]["hash"].as_str().expect("text"), "");
        let amounts: Vec<_> = text.split('"').filter(|text| text.starts_with(|first: char| first.is_ascii_digit())).collect();
        assert!(amounts.len() > 4 * 12 && amounts.iter().all(|amount| is_amount(amount)), "{amounts:?}");
    }
}
