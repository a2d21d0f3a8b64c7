import assert from 'node:assert/strict';
import { checkAccessibility, checkFits, live, phone, picture, scenario, until } from '../scenario.mjs';
import { Target } from '../target.mjs';

const local = ['--health-allow', '127.0.0.0/8'];
const card = (page, name) => page.locator('section.card', { has: page.getByRole('heading', { level: 2, name }) });

/** Pixels of the chart that have the colour of the shade over a time in which checks failed. */
const redPixels = (page) =>
    page.evaluate(() => {
        const canvas = document.querySelector('canvas');
        if (!canvas) return -1;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let red = 0;
        for (let i = 0; i < data.length; i += 4) {
            // --bad-soft in the light theme.
            if (data[i] === 0xfb && data[i + 1] === 0xe5 && data[i + 2] === 0xe2) red++;
        }
        return red;
    });

/** Whoever asks again within a second of a check gets what that one found. */
const leastGap = 1_100;

const checked = async (beacon, target) => {
    const { service_id: id } = await beacon.register({
        name: 'wiki',
        host: 'localhost',
        port: 80,
        ttl: 3600,
        health_check_url: target.url,
        health_check_retries: 2,
        health_check_interval: 3600,
    });
    return id;
};

scenario(
    'a checked service shows its chart; what fails is shaded and listed, and ends when it works again',
    async ({ beacon, open }) => {
        const target = await Target.start();
        const id = await checked(beacon, target);
        const page = await open(`/services/${id}`);
        await live(page);
        const health = card(page, 'Health');
        await until('the first check', () => target.asked > 0);
        await health.getByText('Healthy', { exact: true }).waitFor();
        await health.getByText('No incident in this period.').waitFor({ timeout: 15_000 });
        await health.locator('canvas').waitFor();
        assert.equal(await redPixels(page), 0);

        target.status = 503;
        const button = health.getByRole('button', { name: 'Check now' });
        for (let i = 0; i < 2; i++) {
            const asked = target.asked;
            await page.waitForTimeout(leastGap);
            await button.click();
            await until('asked', () => target.asked > asked);
            await page.getByText('Checked', { exact: true }).first().waitFor();
        }

        await health.getByText('Unhealthy', { exact: true }).waitFor();
        await health.getByText('answered 503, expected 200-299').waitFor({ timeout: 15_000 });
        await health.getByText('ongoing').waitFor();
        const facts = await health.locator('dl').innerText();
        assert.match(facts, /Failures in a row\s+2/);
        await until('shaded', async () => (await redPixels(page)) > 0);
        await checkAccessibility(page, 'a service that fails');
        await picture(page, 'health-fails');

        target.status = 200;
        await page.waitForTimeout(leastGap);
        await button.click();
        await health.getByText('Healthy', { exact: true }).waitFor();
        await health.getByText('ongoing').waitFor({ state: 'detached', timeout: 15_000 });
        await health.getByText('answered 503, expected 200-299').waitFor();
        for (const window of ['1h', '7d', '30d', '1y']) {
            await health.getByRole('button', { name: new RegExp(`^${window}`) }).click();
            await health.locator('canvas').waitFor();
        }

        await target.end();
        await page.waitForTimeout(leastGap);
        await button.click();
        await until('a failure', async () => {
            const { consecutive_health_failures: failures } = await beacon.send('GET', `/services/${id}`);
            return failures === 1;
        });
    },
    local,
);

scenario(
    'maintenance begins with a reason and ends, on a phone too',
    async ({ beacon, open }) => {
        const target = await Target.start();
        const id = await checked(beacon, target);
        const page = await open(`/services/${id}`, { viewport: phone, hasTouch: true });
        await live(page);
        const maintenance = card(page, 'Maintenance');
        await maintenance.getByLabel('Reason').fill('A <new> disk');
        await maintenance.getByRole('combobox').selectOption({ index: 0 });
        await maintenance.getByRole('button', { name: 'Begin' }).click();
        await maintenance.getByText('Maintenance until').waitFor();
        await maintenance.getByText('A <new> disk').waitFor();
        const { maintenance: kept } = await beacon.send('GET', `/services/${id}`);
        assert.equal(kept.reason, 'A <new> disk');
        const length = Date.parse(kept.until) - Date.parse(kept.since ?? new Date().toISOString());
        assert.ok(Math.abs(length - 1_800_000) < 60_000, `${length} ms`);
        await checkFits(page, 'maintenance');
        await checkAccessibility(page, 'maintenance');
        await maintenance.getByRole('button', { name: 'End maintenance' }).click();
        await maintenance.getByRole('button', { name: 'Begin' }).waitFor();
        assert.ok(!(await beacon.send('GET', `/services/${id}`)).maintenance);
        await target.end();
    },
    local,
);
