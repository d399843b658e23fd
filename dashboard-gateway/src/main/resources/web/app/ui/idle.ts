/** Without a moment of rest in this time, so be it. */
const USUAL_MS = 1500;

/** Until the browser has nothing more urgent to do. @param most milliseconds to wait for that; 0: however long it takes */
export function idle(most = USUAL_MS): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), most ? { timeout: most } : undefined);
    else setTimeout(done, USUAL_MS / 5);
  });
}
