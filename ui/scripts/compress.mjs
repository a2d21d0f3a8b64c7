// Packs what is text beside the original, once, as tightly as it goes: the server only picks.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = new URL('../dist/', import.meta.url).pathname;
const texts = /\.(js|css|svg|webmanifest)$/;
// Below one TCP segment packing saves nothing.
const smallest = 1400;

for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !texts.test(entry.name)) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    if (bytes.length < smallest) continue;
    const packed = [
        [
            '.br',
            brotliCompressSync(bytes, {
                params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
            }),
        ],
        ['.gz', gzipSync(bytes, { level: 9 })],
    ];
    for (const [suffix, result] of packed) writeFileSync(path + suffix, result);
}
