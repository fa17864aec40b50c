/** Numbers addresses, so that each is given once. */
export class Addresses {
  #next = 0;

  pod(): string {
    this.#next += 1;
    return `10.77.${this.#next >> 8}.${this.#next & 255}`;
  }

  virtual(): string {
    this.#next += 1;
    return `240.77.${this.#next >> 8}.${this.#next & 255}`;
  }
}
