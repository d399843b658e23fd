/** What somebody types while the field for it is still being fetched. */
export class TypedAhead {
  private text = '';

  start() {
    this.text = '';
    document.addEventListener('keydown', this.pressed, { capture: true });
  }

  /** @returns what was typed until now */
  stop(): string {
    document.removeEventListener('keydown', this.pressed, { capture: true });
    return this.text;
  }

  private readonly pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Backspace') this.text = this.text.slice(0, -1);
    else if (event.key.length === 1) this.text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}
