/** One build serves the browser tests and chaos. */
export const testDistDir = ".next-test";

/** Baked into the build: a constant, so that the next run need not build again. It protects test data only. */
export const testActionsKey = Buffer.alloc(32, "alongside tests").toString("base64");
