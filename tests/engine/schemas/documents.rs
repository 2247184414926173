//! Documents that use every field of a price book and every form of a scenario, for the tests of the JSON Schemas.

use serde_json::{Value, json};

use crate::several_services::VIDEO_CLOUD;

/// A price book with every field and every form of it.
pub fn every_field_of_a_book() -> Value {
    json!({
        "version": "2027-01-01",
        "currency": "EUR",
        "source": "https://a.example/prices",
        "services": [
            {
                "id": "pictures", "name": "Pictures", "group": "media", "unit": {"one": "picture", "many": "pictures"},
                "apis": [{"id": "hd", "name": "HD", "units_per_call": 5}, {"id": "sd", "name": "SD", "units_per_call": 1}],
                "packages": [{"calls": 1000, "price": "3.25"}, {"calls": 100, "price": "0.42"}],
                "package_validity_months": 24, "refund_days": 7,
                "tiers": [{"from": 0, "unit_price": "5"}, {"from": 100, "unit_price": "2.5"}],
                "price_per": 1000, "tier_mode": "graduated", "tier_basis": "all", "free_calls_per_month": 10,
                "concurrent": {
                    "tiers": [{"from": 1, "price_per_slot_month": "280"}, {"from": 11, "price_per_slot_month": "240"}],
                    "tier_mode": "volume", "max_slots": 300,
                },
                "included_slots": 5,
                "add_on_slots": {"price_per_slot_month": "2000", "max_slots": 45},
                "links": {"buy": "https://a.example/buy", "contact": "https://a.example/contact"},
            },
            {
                "id": "slots", "name": "Slots only", "packages": [], "package_validity_months": 12, "tiers": [],
                "concurrent": {"price_per_slot_month": "7200", "max_slots": 50},
            },
            postpaid_service(),
        ],
    })
}

fn postpaid_service() -> Value {
    json!({
        "id": "postpaid", "name": "", "packages": [], "package_validity_months": 12, "tiers": [{"from": 0, "unit_price": "0.000000001"}],
        "concurrent": null,
    })
}

/// Estimates of several services that together have every field and form.
fn every_form_of_an_estimate() -> Vec<Value> {
    let months = json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000]);
    vec![
        json!({
            "services": [
                {
                    "service": "animate", "usage": {"yearly": 12000}, "free_calls": 5, "owned_packages": [{"calls": 350, "months_left": 3}],
                    "tier_basis": "all", "discount": {"packages": "10", "postpaid": "0", "concurrent": "5"}, "seconds_per_call": "60",
                    "busy_hour_share": "0.005", "plan": {"purchases": [{"month": 3, "calls": 100, "count": 2}]},
                },
                {"service": "portrait", "usage": {"monthly": months}, "tier_basis": null, "discount": {"concurrent": "5"},
                    "seconds_per_call": "90.5", "busy_hour_calls": "500", "plan": null},
                {"service": "transcode", "usage": {"yearly": 300_000}, "discount": null, "seconds_per_call": "1"},
            ],
            "groups": {
                "generation": {"live": {"accepted_failure": "0.01"}, "concurrent_months": [7, 8]},
                "processing": {"queued": {"busy_hours_per_month": "720", "target_utilisation": "0.8"}},
            },
            "start": "2027-01", "postpaid": true, "orders": "any", "price_book": *VIDEO_CLOUD, "insights": true,
        }),
        json!({
            "services": [{"usage": {"yearly": 300}, "plan": {"purchases": [{"month": 1, "calls": 100, "count": 3}]}}],
            "groups": {"video-creation": {"slots": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1000]}}, "orders": "once", "insights": true, "price_book": null, "start": null,
        }),
        json!({"services": [{"service": null, "usage": {"yearly": 0}}], "groups": {"video-creation": null}}),
        json!({"services": [{"usage": {"yearly": 9}}], "groups": {"video-creation": {"slots": 2}}, "insights": false, "postpaid": false}),
        json!({"services": [{"usage": {"yearly": 0}}], "groups": {"video-creation": {"concurrent_months": [1]}}}),
    ]
}

/// Scenarios that together have every field and form.
pub fn every_form_of_a_scenario() -> Vec<Value> {
    let small_book = json!({"version": "v", "currency": "USD", "services": [postpaid_service()]});
    let months = json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000]);
    let mut forms = vec![
        json!({
            "usage": {"monthly": months}, "start": "2027-01", "free_calls": 5,
            "owned_packages": [{"calls": 350, "months_left": 3}, {"calls": 1, "months_left": 12}],
            "postpaid": true, "tier_basis": "billed", "concurrency": {"slots": months},
            "discount": {"packages": "10", "postpaid": "0.25", "concurrent": "100"},
            "price_book": small_book, "service": "postpaid", "insights": true,
        }),
        json!({
            "usage": {"apis": {"hd": {"yearly": 1000}, "sd": {"monthly": months}}}, "tier_basis": "all",
            "concurrency": {"queued": {"seconds_per_call": "60", "busy_hours_per_month": "720", "target_utilisation": "0.8"}},
            "price_book": every_field_of_a_book(),
        }),
        json!({
            "usage": {"yearly": 300}, "insights": false, "postpaid": false,
            "concurrency": {"live": {"seconds_per_call": "60.5", "busy_hour_calls": "500", "accepted_failure": "0.01"}},
        }),
        json!({
            "usage": {"yearly": 12000}, "start": null, "tier_basis": null, "price_book": null, "service": null,
            "discount": {"packages": "12.50"}, "owned_packages": [],
            "concurrency": {"live": {"seconds_per_call": "7.5", "busy_hour_share": "0.005", "accepted_failure": "0.5"}},
        }),
        json!({
            "usage": {"yearly": 12000}, "orders": "any", "concurrency": {"slots": 2}, "insights": true,
            "plan": {
                "purchases": [{"month": 3, "calls": 10000, "count": 1}, {"month": 1, "calls": 100, "count": 5}],
                "concurrent_months": [7, 8],
            },
        }),
        json!({
            "usage": {"yearly": 300}, "orders": "once", "plan": {"purchases": [{"month": 1, "calls": 100, "count": 3}]}, "insights": true,
        }),
        json!({"usage": {"yearly": 300}, "plan": {}}),
        json!({"usage": {"yearly": 0}, "concurrency": null, "discount": null, "plan": null}),
        json!({"usage": {"yearly": 300}, "concurrency": {"slots": 2}, "discount": {}, "service": "image-animate"}),
    ];
    forms.extend(every_form_of_an_estimate());
    forms
}

/// Scenarios whose quotes together have every field.
pub fn scenarios_with_every_field_of_a_quote() -> Vec<Value> {
    let mut scenarios = every_form_of_a_scenario();
    scenarios.extend([
        // Free calls that cost more than they save.
        json!({"usage": {"monthly": [10000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}, "free_calls": 5, "insights": true}),
        // A cliff: ten calls cost less than nine.
        json!({
            "usage": {"monthly": [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}, "insights": true,
            "price_book": {"version": "v", "currency": "USD", "services": [{
                "id": "s", "name": "S", "packages": [], "package_validity_months": 12, "concurrent": null,
                "tiers": [{"from": 0, "unit_price": "2"}, {"from": 10, "unit_price": "1"}],
            }]},
        }),
        json!({
            "usage": {"monthly": [350, 0, 0, 0, 0, 0, 0, 0, 0, 0, 99, 150]}, "start": "2027-01", "free_calls": 5, "insights": true,
            "concurrency": {"queued": {"seconds_per_call": "60", "busy_hours_per_month": "720", "target_utilisation": "0.8"}},
            "owned_packages": [{"calls": 1000, "months_left": 12}],
        }),
        // At 120% of these calls the planned slot is cheaper than what the target utilisation asks for: a regret below 0.
        json!({
            "usage": {"yearly": 414_720}, "insights": true,
            "concurrency": {"queued": {"seconds_per_call": "60", "busy_hours_per_month": "720", "target_utilisation": "0.8"}},
        }),
        // 6 × 10^6 erlangs can be counted, and not those of a larger volume.
        json!({
            "usage": {"monthly": [10_000_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}, "insights": true,
            "concurrency": {"live": {"seconds_per_call": "3600", "busy_hour_share": "0.6", "accepted_failure": "0.9"}},
            "price_book": {"version": "v", "currency": "USD", "services": [{
                "id": "s", "name": "S", "packages": [], "package_validity_months": 12, "tiers": [{"from": 0, "unit_price": "1"}],
                "concurrent": {"price_per_slot_month": "40", "max_slots": 20_000_000},
            }]},
        }),
    ]);
    scenarios
}
