// Prints what a browser downloads for the editor.

import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const entry = fileURLToPath(new URL("../editor.js", import.meta.url));
const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", minify: true, target: "es2022", write: false });
const { contents } = outputFiles[0];
console.log(`editor: ${contents.length} bytes, ${brotliCompressSync(contents).length} in brotli`);
