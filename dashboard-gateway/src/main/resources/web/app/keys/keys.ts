import { SECTIONS } from '../place/routes';
import { place } from '../place/place';

/** How long after `g` the next key still means a page. */
const CHORD_MS = 1200;

export interface KeyActions {
  search: () => void;
  help: () => void;
  theme: () => void;
}

/** The keyboard's way around: what it does when nobody types into a field. @returns how to stop listening */
export function listenToKeys(actions: KeyActions): () => void {
  let chordUntil = 0;
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
    const section = SECTIONS.find(({ key }) => key === event.key);
    if (Date.now() < chordUntil && section) {
      chordUntil = 0;
      event.preventDefault();
      place.go(section.path);
      return;
    }
    switch (event.key) {
      case '/': event.preventDefault(); actions.search(); break;
      case '?': event.preventDefault(); actions.help(); break;
      case 't': actions.theme(); break;
      case 'g': chordUntil = Date.now() + CHORD_MS; break;
    }
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

function isTyping(event: KeyboardEvent): boolean {
  return event.composedPath().some(
    (target) => target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.tagName === 'DIALOG' || target.isContentEditable),
  );
}
