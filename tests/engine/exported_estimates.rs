//! Estimates of several services whose documents are in `exports/`.
//!
//! Without a price book of their own, they have the prices of the fictional provider in `tests/sites/`.

use serde_json::{Value, json};

/// Half a year of few calls, then half a year in which two services need three slots together, and four separately.
pub fn three() -> Value {
    let growing = |first: u64, then: u64| [vec![first; 6], vec![then; 6]].concat();
    json!({
        "services": [
            {"service": "video-upscale", "usage": {"monthly": growing(250, 40_000)}, "free_calls": 50, "seconds_per_call": "60"},
            {"service": "video-subtitles", "usage": {"monthly": growing(100, 80_000)}, "seconds_per_call": "30",
                "owned_packages": [{"calls": 500, "months_left": 4}]},
            {"service": "picture-cutout", "usage": {"monthly": [2500, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14_000, 1200]}},
        ],
        "groups": {"video": {"queued": {"busy_hours_per_month": "720", "target_utilisation": "0.8"}}},
        "start": "2027-02",
    })
}

/// Calls of two APIs use up credits; everything has a discount.
pub fn discounted() -> Value {
    let discount = json!({"packages": "10", "postpaid": "5", "concurrent": "0"});
    json!({
        "services": [
            {"service": "video", "usage": {"apis": {"hd": {"yearly": 12}, "sd": {"monthly": [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]}}},
                "discount": discount},
            {"service": "speech", "usage": {"yearly": 20_400}, "discount": discount},
        ],
        "price_book": {"version": "v7", "currency": "USD", "services": [
            {"id": "video", "name": "Video", "unit": {"one": "credit", "many": "credits"},
                "apis": [{"id": "hd", "name": "HD video", "units_per_call": 5}, {"id": "sd", "name": "SD video", "units_per_call": 1}],
                "packages": [{"calls": 50, "price": "30"}], "package_validity_months": 12, "tiers": [{"from": 0, "unit_price": "1"}],
                "concurrent": null},
            {"id": "speech", "name": "Speech", "packages": [{"calls": 10_000, "price": "40"}], "package_validity_months": 24,
                "refund_days": 7, "tiers": [{"from": 0, "unit_price": "6"}], "price_per": 1000, "concurrent": null,
                "included_slots": 2, "add_on_slots": {"price_per_slot_month": "0.5", "max_slots": 9}},
        ]},
        "groups": {"speech": {"slots": 3}},
    })
}

/// A plan that the sender chose, which leaves calls unpaid and shares slots in one month.
pub fn own_plan() -> Value {
    json!({
        "services": [
            {"service": "video-upscale", "usage": {"yearly": 1200},
                "plan": {"purchases": [{"month": 1, "calls": 1000, "count": 1}, {"month": 11, "calls": 100, "count": 1}]}},
            {"service": "video-subtitles", "usage": {"yearly": 24_000}, "plan": {"purchases": [{"month": 1, "calls": 1000, "count": 21}]}},
            {"service": "picture-cutout", "usage": {"yearly": 12_000}},
        ],
        "groups": {"video": {"slots": 2, "concurrent_months": [5]}},
        "start": "2027-01", "postpaid": false,
    })
}

pub const HOSTILE_NAMES: [&str; 2] = ["=HYPERLINK(\"http://a.example\")|*S*", "- <b>[x](y)</b> & `z`"];

pub fn hostile() -> Value {
    let service = |(index, name): (usize, &str)| {
        json!({"id": format!("s{index}"), "name": name, "group": "=g|*g*", "unit": {"one": "=u|*u*", "many": "[m](n)"},
            "packages": [{"calls": 100, "price": "420"}], "package_validity_months": 12, "tiers": [{"from": 0, "unit_price": "4.8"}],
            "concurrent": {"price_per_slot_month": "900", "max_slots": 5}})
    };
    let services: Vec<Value> = HOSTILE_NAMES.into_iter().enumerate().map(service).collect();
    json!({
        "services": [
            {"service": "s0", "usage": {"monthly": [150, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000]}},
            {"service": "s1", "usage": {"monthly": [30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500]}},
        ],
        "groups": {"=g|*g*": {"slots": 2}},
        "price_book": {"version": "=1|2 <b>", "currency": "@US,D", "source": "https://a.example/*x*", "services": services},
    })
}
