type Cell = string | number | null | undefined;

/** Gives the browser a file to save. */
export function saveCsv(name: string, titles: string[], rows: Cell[][]) {
  const lines = [titles, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${lines}\r\n`], { type: 'text/csv' }));
  link.download = `${name}-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-')}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Quoted where CSV needs it; a leading formula sign is defused, since spreadsheets would run it. */
function quoted(cell: Cell): string {
  if (cell == null) return '';
  const text = typeof cell === 'string' && /^[=+\-@\t]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
