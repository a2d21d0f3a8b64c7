// Figures for docs/performance.md: node tests/measure.mjs [SERVICES] [EVENTS A SECOND]. Fails when a frame is too slow.
import { launch } from './browser.mjs';
import { Beacon } from './beacon.mjs';
import { many } from './household.mjs';

const count = Number(process.argv[2] ?? 10_000);
const rate = Number(process.argv[3] ?? 200);
/** Milliseconds of script, style and layout that a frame may take. */
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

const beating = beat();
const frames = await page.evaluate(
    async ([length]) => {
        const box = document.querySelector('[role=grid]');
        const work = [];
        const gaps = [];
        let last = performance.now();
        const end = last + length;
        // From the beginning of a frame to when its last task lets go: a message posted in it arrives after scripts, style, layout and paint.
        await new Promise((resolve) => {
            const channel = new MessageChannel();
            let begun = 0;
            channel.port1.onmessage = () => work.push(performance.now() - begun);
            function frame(now) {
                begun = now;
                gaps.push(now - last);
                last = now;
                box.scrollTop = (box.scrollTop + 37) % (box.scrollHeight - box.clientHeight);
                channel.port2.postMessage(0);
                if (now < end) requestAnimationFrame(frame);
                else resolve();
            }
            requestAnimationFrame(frame);
        });
        return {
            work: work.sort((a, b) => a - b),
            gaps: gaps.slice(1).sort((a, b) => a - b),
            heap: performance.memory?.usedJSHeapSize ?? 0,
        };
    },
    [seconds * 1000],
);
isOver = true;
await beating;
const busy = at(frames.work, nearlyAll);
console.log(
    `scrolling ${count} services with ${Math.round(sent / seconds)} events/s for ${seconds} s: ${frames.work.length} frames, ` +
        `work per frame median ${at(frames.work, median).toFixed(1)} ms, 95 % ${busy.toFixed(1)} ms, 99 % ${at(frames.work, 0.99).toFixed(1)} ms; ` +
        `between frames median ${at(frames.gaps, median).toFixed(1)} ms, 95 % ${at(frames.gaps, nearlyAll).toFixed(1)} ms; heap ${Math.round(frames.heap / 1e6)} MB`,
);
await browser.close();
await beacon.end();
process.exit(busy <= frameBudget ? 0 : 1);
