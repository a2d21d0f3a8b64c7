import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { Beacon } from './beacon.mjs';

export const scenarios = [];

/** Window sizes: a desktop, the smallest phone there is, a wall. */
export const desktop = { width: 1440, height: 900 };
export const phone = { width: 360, height: 740 };
export const wall = { width: 3840, height: 2160 };

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const pictures = new URL('../screenshots/', import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });

/**
 * A scenario has a Beacon of its own and as many pages as it opens. What a page complains of in its console fails it.
 * @param options of the Beacon.
 */
export function scenario(name, run, options = []) {
    scenarios.push({
        name,
        run: async (browser) => {
            const beacon = await Beacon.start(options);
            const complaints = [];
            const contexts = [];
            const open = async (path = '/', { viewport = desktop, scheme = 'light', locale = 'en', ...more } = {}) => {
                const context = await browser.newContext({ viewport, colorScheme: scheme, locale, ...more });
                contexts.push(context);
                const page = await context.newPage();
                page.setDefaultTimeout(10_000);
                page.on('pageerror', (error) => complaints.push(error.message));
                page.on('console', (message) => {
                    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
                });
                await page.goto(beacon.url + path);
                return page;
            };
            try {
                await run({ beacon, open, complaints });
                assert.deepEqual(complaints, []);
            } finally {
                for (const context of contexts) await context.close();
                await beacon.end();
            }
        },
    });
}

export const live = (page) => page.locator('[data-state=live]').first().waitFor({ state: 'attached' });

/** Accessibility as axe sees it; the page's policy forbids scripts from elsewhere, so it is run past it. */
export async function checkAccessibility(page, where) {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
        awaitPromise: true,
        returnByValue: true,
        expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then((found) => found.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')))`,
    });
    assert.deepEqual(result.value, [], where);
}

/** Nothing sticks out at the side. */
export async function checkFits(page, where) {
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(width <= 0, `${where}: ${width} px too wide`);
}

export const picture = (page, name) => page.screenshot({ path: `${pictures}${name}.png` });

export async function until(what, condition, limit = 10_000) {
    const deadline = Date.now() + limit;
    for (;;) {
        if (await condition()) return;
        if (Date.now() > deadline) throw new Error(`never: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
