/** The same bytes in pieces of at most so many: a source may hand over a whole file in one. */
export async function* inPieces(
  bytes: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += mostBytes) {
      yield chunk.subarray(start, start + mostBytes);
    }
  }
}
