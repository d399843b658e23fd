/** Where each row was last put; elsewhere it was put by somebody. */
const places = new WeakMap<Element, number>();
const widths = new WeakMap<Element, number>();

/** A row or one of its tabs is there or has another size: the screen was turned, a count came. */
const sizes = new ResizeObserver((entries) => {
  const rows = new Set<Element>();
  for (const { target } of entries) {
    if (!target.isConnected) sizes.unobserve(target);
    else rows.add(target.matches('nav') ? target : target.parentElement!);
  }
  for (const row of rows) if (widths.get(row) !== row.clientWidth || !movedByHand(row)) showOpen(row);
});

function movedByHand(row: Element): boolean {
  return Math.abs(row.scrollLeft - (places.get(row) ?? 0)) > 1;
}

/**
 * On a phone the tabs of a `nav` scroll sideways, and the one that is open may be beyond the edge: it is brought to the middle
 * when the row gets another width, and stays in sight until somebody scrolls the row. For Lit's `ref`, of the row and its tabs.
 */
export function keepInSight(part?: Element) {
  if (part) sizes.observe(part);
}

/** Sideways alone, the page stays where it is. */
export function showOpen(row?: Element | null) {
  const open = row?.querySelector('[aria-current]');
  if (!row || !open) return;
  const [own, all] = [open.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += own.left - all.left - (all.width - own.width) / 2;
  places.set(row, row.scrollLeft);
  widths.set(row, row.clientWidth);
}
