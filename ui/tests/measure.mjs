// Figures for docs/performance.md: node tests/measure.mjs [SERVICES] [EVENTS A SECOND]. Fails when a frame is too slow.
import { launch } from './browser.mjs';
import { Beacon } from './beacon.mjs';
import { many } from './household.mjs';

const count = Number(process.argv[2] ?? 10_000);
const rate = Number(process.argv[3] ?? 200);
/** Milliseconds of script, style and layout that a frame may take, on the mean. */
const frameBudget = 16;
const seconds = 10;
/** Shares of frames. */
const median = 0.5;
const nearlyAll = 0.95;

const beacon = await Beacon.start();
const browser = await launch();
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function load() {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const begun = Date.now();
    await page.goto(`${beacon.url}/services`);
    await page.locator('[role=grid] .body [role=row]').first().waitFor();
    const firstRow = Date.now() - begun;
    await page.locator('[data-state=live]').first().waitFor({ state: 'attached' });
    const live = Date.now() - begun;
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    return { page, firstRow, live, paint };
}

const ids = [];
for (const size of [100, count]) {
    ids.push(...(await beacon.registerAll(many(size).slice(ids.length))));
    const { page, firstRow, live, paint } = await load();
    console.log(
        `${size} services: first contentful paint ${Math.round(paint)} ms, first row ${firstRow} ms, live ${live} ms`,
    );
    await page.context().close();
}

const { page } = await load();
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
let isOver = false;
let sent = 0;
const begun = Date.now();
async function beat() {
    while (!isOver) {
        const due = Math.floor(((Date.now() - begun) / 1000) * rate);
        const batch = Array.from(
            { length: Math.min(64, due - sent) },
            () => ids[Math.floor(Math.random() * ids.length)],
        );
        sent += batch.length;
        await Promise.all(
            batch.map((id, index) =>
                index % 10 === 0
                    ? beacon.send('PUT', `/services/${id}`, { tags: [`t${sent % 5}`] }).catch(() => undefined)
                    : beacon.send('PUT', `/services/${id}/heartbeat`).catch(() => undefined),
            ),
        );
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}

async function spent() {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return {
        page: (value('ScriptDuration') + value('LayoutDuration') + value('RecalcStyleDuration')) * 1000,
        thread: value('TaskDuration') * 1000,
    };
}

/** What the page itself costs in each frame, and how far apart frames are; without a graphics card painting is the processor's too. */
async function watch(isScrolling) {
    const before = await spent();
    const gaps = await page.evaluate(
        ([length, isScrolling]) =>
            new Promise((resolve) => {
                const box = document.querySelector('[role=grid]');
                const gaps = [];
                let last = performance.now();
                let top = 0;
                const end = last + length;
                function frame(now) {
                    gaps.push(now - last);
                    last = now;
                    if (isScrolling) box.scrollTop = top += 37;
                    if (now < end) requestAnimationFrame(frame);
                    else resolve(gaps.slice(1).sort((a, b) => a - b));
                }
                requestAnimationFrame(frame);
            }),
        [seconds * 1000, isScrolling],
    );
    const after = await spent();
    const work = (after.page - before.page) / gaps.length;
    console.log(
        `${isScrolling ? 'scrolling' : 'watching'} ${count} services for ${seconds} s: ${gaps.length} frames; script, style and layout ${work.toFixed(1)} ms a frame, ` +
            `with painting ${((after.thread - before.thread) / gaps.length).toFixed(1)} ms; between frames median ${at(gaps, median).toFixed(1)} ms, 95 % ${at(gaps, nearlyAll).toFixed(1)} ms`,
    );
    return work;
}

const beating = beat();
const works = [await watch(false), await watch(true)];
isOver = true;
await beating;
console.log(`${Math.round(sent / ((Date.now() - begun) / 1000))} events a second`);
await browser.close();
await beacon.end();
process.exit(works.every((work) => work <= frameBudget) ? 0 : 1);
