/** A minimal VitePress site with the calculator on one page. */
export default {
  title: "Costs",
  head: [["script", { type: "module", src: "https://callmix.example/embed.js" }]],
  vue: {
    template: { compilerOptions: { isCustomElement: (tag) => tag === "callmix-calculator" } },
  },
};
