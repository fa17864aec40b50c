/** Gives equal texts equal small numbers. */
export class TextIndex {
  readonly texts: string[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(text: string): number {
    let index = this.#indices.get(text);
    if (index === undefined) {
      index = this.texts.length;
      this.texts.push(text);
      this.#indices.set(text, index);
    }
    return index;
  }
}
