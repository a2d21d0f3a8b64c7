// Draws the PNG icons from icon.svg with the browser of the tests: node scripts/icons.mjs. Only needed when the icon changes.
import { readFileSync } from 'node:fs';
import { launch } from '../tests/browser.mjs';

const svg = readFileSync(new URL('../public/icon.svg', import.meta.url), 'utf8');
const browser = await launch();
for (const size of [192, 512]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await page.screenshot({
        path: new URL(`../public/icon-${size}.png`, import.meta.url).pathname,
        omitBackground: true,
    });
}
await browser.close();
