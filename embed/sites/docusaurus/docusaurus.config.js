/** A minimal Docusaurus site with the calculator on one page. */
module.exports = {
  title: "Costs",
  url: "https://docs.example",
  baseUrl: "/",
  scripts: [{ src: "https://callmix.example/embed.js", type: "module" }],
  presets: [
    [
      "classic",
      {
        docs: { routeBasePath: "/", sidebarPath: undefined },
        blog: false,
        pages: false,
        theme: { customCss: "./src/css/callmix.css" },
      },
    ],
  ],
};
