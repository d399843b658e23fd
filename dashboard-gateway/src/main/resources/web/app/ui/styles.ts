import { css } from 'lit';

/** What several components share. Layout stays with each component. */
export const shared = css`
  :host { display: block; }
  *, *::before, *::after { box-sizing: border-box; scrollbar-width: thin; }
  h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
  ul, ol { list-style: none; }

  button, input, select { font: inherit; color: inherit; }

  a { color: var(--accent); }

  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }

  .panel {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
  }

  .panel > header {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
    padding: 8px 14px;
    border-bottom: 1px solid var(--line);
  }

  h2 { font-size: 13px; font-weight: 600; letter-spacing: -0.005em; }

  .count { color: var(--text-faint); font-weight: 400; font-variant-numeric: tabular-nums; }
  .push { margin-left: auto; }
  .soft { color: var(--text-soft); }
  .faint { color: var(--text-faint); }
  .num { font-variant-numeric: tabular-nums; }

  .button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    height: 28px;
    padding: 0 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--text);
    font-weight: 500;
    text-decoration: none;
    cursor: pointer;
    white-space: nowrap;
  }
  .button:hover { background: var(--raised); }
  .button:disabled { opacity: 0.55; cursor: default; }
  .button.primary { background: var(--accent-fill); border-color: transparent; color: var(--on-accent); }
  .button.primary:hover { filter: brightness(1.08); }
  .button.icon { width: 30px; padding: 0; justify-content: center; border-color: transparent; background: none; color: var(--text-soft); }
  .button.icon:hover { background: var(--raised); color: var(--text); }

  .input {
    height: 28px;
    padding: 0 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--text);
  }
  .input::placeholder { color: var(--text-faint); opacity: 1; }

  .visually-hidden {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  @media (pointer: coarse) { .button, .input { min-height: 36px; } .button.icon { width: 36px; } }
`;
