"""A minimal Sphinx site with the calculator on one page."""

project = "Costs"
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["callmix.css"]
html_js_files = [("https://callmix.example/embed.js", {"type": "module"})]
