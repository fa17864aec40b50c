/** Such characters could break lines of the stores and logs that a tag reaches. */
export function hasControlCharacter(text: string): boolean {
  return [...text].some(character => {
    const code = character.charCodeAt(0);
    return code < 0x20 || code === 0x7f;
  });
}
