// The arrows of DESIGN §4. A floor may import from the floors under it, never from above or beside.
const floors = [
  ["kernel"],
  ["files"],
  ["audit"],
  ["limits"],
  ["staff"],
  ["proposals"],
  ["directory"],
  ["policy"],
  ["roster"],
  ["requests"],
  ["impersonation"],
  ["oauth"],
  ["usage"],
  ["findings"],
  ["reviews"],
  ["evidence"],
  ["notices"],
  ["platform"],
];

const arrow = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const tests = "\\.test\\.tsx?$|/testing\\.ts$|^db/testing/|^bench/";
const notTests = { pathNot: tests };

const upwards = floors.flatMap((floor, level) =>
  floor.map((name) => {
    const above = floors
      .slice(level)
      .flat()
      .filter((other) => other !== name);
    return arrow(
      `${name}-stays-on-its-floor`,
      `lib/${name} may import only from the floors under it.`,
      { path: `^lib/${name}/`, ...notTests },
      { path: [`^lib/(${above.join("|") || "none"})/`, "^(app|components|examples|e2e)/"] },
    );
  }),
);

module.exports = {
  forbidden: [
    ...upwards,
    arrow("vocabulary-imports-nothing", "Words only.", { path: "^lib/vocabulary\\.ts$" }, {}),
    arrow(
      "app-goes-through-lib",
      "Routes compose: no tables, no SQL.",
      { path: "^app/", ...notTests },
      { path: "^db/" },
    ),
    arrow(
      "components-know-no-domain",
      "What a component shows is given to it; of a form it knows the shape of the answer.",
      { path: "^components/" },
      { path: "^(app|db|examples|e2e)/|^lib/(?!vocabulary\\.ts|kernel/|platform/form-state\\.ts)" },
    ),
    arrow(
      "db-knows-the-words-only",
      "Tables and migrations stand below everything.",
      { path: "^db/", ...notTests },
      { path: "^(app|components|sdk|examples|e2e)/|^lib/(?!vocabulary\\.ts)" },
    ),
    arrow(
      "sdk-stands-alone",
      "A product imports it without the rest.",
      { path: "^sdk/" },
      { path: "^(app|components|lib|db|examples|e2e)/" },
    ),
    arrow(
      "examples-use-the-sdk-only",
      "A product knows of us what any product may know.",
      { path: "^examples/" },
      { path: "^(app|components|lib|db|e2e)/" },
    ),
    arrow("tests-are-not-imported", "", { ...notTests }, { path: tests }),
    arrow("nothing-unresolved", "", {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Has dependencies of its own, which need not be installed.
    exclude: { path: "^bench/peers/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["react-server", "import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
