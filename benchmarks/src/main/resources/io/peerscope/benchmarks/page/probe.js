// Runs before the page's own scripts. Everything is in milliseconds; times of day are those of Date.now().
(() => {
  const Native = window.WebSocket;
  const heard = new Map();
  const seen = new Map();
  let watched = null;
  let lcp = 0;
  let longTasks = [];
  let pending = null;

  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (lcp = entry.startTime)))
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });

  window.WebSocket = class extends Native {
    constructor(...how) {
      super(...how);
      this.addEventListener('message', ({ data }) => hear(data));
    }
  };

  /** All elements that match, through shadow roots; `a >> b` is b anywhere within a. */
  function all(selector, root = document) {
    const [outer, ...inner] = selector.split(' >> ');
    const found = [...root.querySelectorAll(outer)];
    for (const each of root.querySelectorAll('*')) if (each.shadowRoot) found.push(...all(outer, each.shadowRoot));
    return inner.length ? found.flatMap((each) => all(inner.join(' >> '), each.shadowRoot ?? each)) : found;
  }

  const text = (selector) => all(selector).map((each) => each.textContent.trim()).join('\n');
  const frame = () => new Promise(requestAnimationFrame);
  /** The end of the frame that is drawn next. */
  const painted = async () => {
    await frame();
    await new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
  };

  async function until(fits, most = 15000) {
    const begin = performance.now();
    while (!fits()) {
      if (performance.now() - begin > most) throw new Error(`never so within ${most} ms: ${fits}`);
      await frame();
    }
    await painted();
  }

  /** The first value of a host's field that comes in a frame of the WebSocket. */
  function hear(data) {
    // What is packed is no frame of a single host, which is what a host on the screen comes in.
    if (!watched || typeof data !== 'string') return;
    const at = data.indexOf(`"host":"${watched.host}"`);
    if (at < 0) return;
    const value = new RegExp(`"${watched.field}":(\\d+)`).exec(data.slice(at, at + 4000));
    if (value && !heard.has(value[1])) heard.set(value[1], Date.now());
  }

  window.probe = {
    text, until, all,

    async firstView(selector) {
      await until(() => all(selector).length > 0 && /\d/.test(text(selector)), 60000);
      return performance.now();
    },

    lcp: () => lcp,

    /** What is to be seen after the next click or input; `shown` gets its time by calling `result`. */
    expect(event, shown) {
      const fits = new Function('text', 'all', `return ${shown}`);
      let begin = 0;
      const note = ({ timeStamp }) => (begin = timeStamp);
      window.addEventListener(event, note, { capture: true });
      pending = until(() => begin && fits(text, all)).then(() => performance.now() - begin)
        .finally(() => window.removeEventListener(event, note, { capture: true }));
      pending.catch(() => undefined);
    },

    result: () => pending,

    /** Scrolls up and down as fast as a finger would; the length of every frame. */
    async scroll(millis) {
      const area = document.scrollingElement;
      const most = area.scrollHeight - innerHeight;
      const frames = [];
      longTasks = [];
      let step = 24;
      let before = await frame();
      const end = before + millis;
      while (before < end) {
        if (area.scrollTop + step > most || area.scrollTop + step < 0) step = -step;
        area.scrollTop += step;
        const now = await frame();
        frames.push(now - before);
        before = now;
      }
      await new Promise((done) => setTimeout(done, 50));
      return { frames, longTasks, height: area.scrollHeight };
    },

    /** From now on: when each new value of a host's field came in a frame, and when it was painted in the cell. */
    watch(host, field, cell) {
      watched = { host, field };
      const look = async () => {
        const value = all(cell)[0]?.textContent.replace(/\D/g, '');
        if (!value || seen.has(value)) return;
        seen.set(value, 0);
        await painted();
        seen.set(value, Date.now());
      };
      new MutationObserver(look).observe(all(cell)[0].getRootNode(), { subtree: true, childList: true, characterData: true });
    },

    watchedSoFar: () => ({ heard: Object.fromEntries(heard), seen: Object.fromEntries(seen) }),
  };
})();
