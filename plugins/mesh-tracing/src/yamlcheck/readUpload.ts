/** Bytes of a file that is taken. */
const MAX_BYTES = 1024 * 1024;

/** The text of a file, or why there is none. */
export type Upload = { text: string } | { problem: 'large' | 'unreadable' };

/** Reads a file as UTF-8; what holds a null character is none of text. */
export async function readUpload(file: File): Promise<Upload> {
  if (file.size > MAX_BYTES) return { problem: 'large' };
  try {
    const text = await textOf(file);
    return text.includes('\0') ? { problem: 'unreadable' } : { text };
  } catch {
    return { problem: 'unreadable' };
  }
}

function textOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(file);
  });
}
