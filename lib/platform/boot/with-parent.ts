/**
 * Ends a child process when it is told to or when its parent is gone, so that nothing outlives a killed `npm start`.
 * Ctrl-C reaches the whole group; the parent decides what it means.
 */
export function endWithParent(close: () => Promise<void>): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", () => {});
  process.on("SIGTERM", end);
  process.on("disconnect", end);
}
