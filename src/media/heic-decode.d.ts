declare module 'heic-decode' {
  interface Decoded {
    width: number;
    height: number;
    data: Uint8ClampedArray;
  }
  /** Decodes one picture to RGBA; reads its size first through `all`. */
  function decode(input: { buffer: Uint8Array }): Promise<Decoded>;
  namespace decode {
    function all(input: {
      buffer: Uint8Array;
    }): Promise<
      { width: number; height: number; decode: () => Promise<Decoded> }[] & { dispose: () => void }
    >;
  }
  export = decode;
}
