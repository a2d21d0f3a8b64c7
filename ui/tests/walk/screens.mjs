import assert from 'node:assert/strict';
import { household } from '../household.mjs';
import { checkAccessibility, checkFits, desktop, live, phone, picture, scenario, wall } from '../scenario.mjs';

const screens = [
    ['/', 'overview'],
    ['/services', 'services'],
    ['/services/ID', 'service'],
    ['/services/ID/edit', 'edit'],
    ['/register', 'register'],
    ['/network', 'network'],
    ['/network?list=1', 'network-list'],
    ['/mdns', 'mdns'],
    ['/events', 'events'],
    ['/settings', 'settings'],
];
const looks = [
    ['light', { viewport: desktop }],
    ['dark', { viewport: desktop, scheme: 'dark' }],
    ['phone', { viewport: phone, hasTouch: true }],
    ['phone-dark', { viewport: phone, scheme: 'dark', hasTouch: true }],
];

for (const [look, options] of looks) {
    scenario(`every screen opens by its address, fits, and axe finds nothing: ${look}`, async ({ beacon, open }) => {
        const ids = await beacon.registerAll(household, 1);
        const page = await open('/', options);
        await live(page);
        for (const id of ids.slice(0, 6)) await beacon.send('PUT', `/services/${id}/heartbeat`);
        await beacon.send('PUT', `/services/${ids[5]}`, { tags: ['files', 'family', 'sync'] });
        for (const [path, name] of screens) {
            await page.goto(beacon.url + path.replace('ID', ids[20]));
            await live(page);
            await page.locator('h1').waitFor();
            await page.waitForTimeout(500);
            await checkFits(page, name);
            await picture(page, `${name}-${look}`);
            await checkAccessibility(page, `${name} ${look}`);
        }
    });
}

scenario('a Beacon without services teaches, in both views, and everything there fits', async ({ open }) => {
    for (const options of [{}, { viewport: phone, scheme: 'dark' }]) {
        const page = await open('/', options);
        await page.getByText('Nothing is registered yet').waitFor();
        const text = await page.locator('pre').allInnerTexts();
        assert.ok(
            text.length === 3 &&
                text.every((snippet) =>
                    /http:\/\/[\d.]+:\d+\/api\/v1\/services\/register|localhost:\d+\/api/.test(snippet),
                ),
            text.join('\n'),
        );
        await checkFits(page, 'empty overview');
        await checkAccessibility(page, 'empty overview');
        await page.goto(page.url() + 'services');
        await page.getByText('Nothing is registered yet').waitFor();
        for (const path of ['network', 'events', 'mdns']) {
            await page.goto(new URL(`/${path}`, page.url()).href);
            await live(page);
            await checkAccessibility(page, `empty ${path}`);
        }
    }
});

scenario('it says everything in German where German is read, and keeps a choice', async ({ beacon, open }) => {
    await beacon.registerAll(household.slice(0, 3));
    const page = await open('/', { locale: 'de-DE' });
    await page.getByRole('heading', { level: 1, name: 'Überblick' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    await page.goto(`${beacon.url}/settings`);
    await page.getByLabel('Sprache').selectOption('en');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
});

scenario('it fills a wall display', async ({ beacon, open }) => {
    await beacon.registerAll(household, 1);
    const page = await open('/', { viewport: wall });
    await live(page);
    await checkFits(page, 'wall');
    await picture(page, 'overview-wall');
});

scenario('cards show the same', async ({ beacon, open }) => {
    await beacon.registerAll(household, 1);
    const page = await open('/services');
    await page.getByRole('button', { name: 'Cards' }).click();
    await page.getByRole('link', { name: 'mosquitto', exact: true }).waitFor();
    await checkAccessibility(page, 'cards');
    await picture(page, 'cards-light');
});

scenario(
    'old addresses lead on, unknown ones say so, and the browser loads nothing from elsewhere',
    async ({ beacon, open }) => {
        const page = await open('/settings');
        const foreign = [];
        page.on('request', (request) => {
            if (!request.url().startsWith(beacon.url)) foreign.push(request.url());
        });
        await page.goto(`${beacon.url}/dashboard`);
        await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
        await page.goto(`${beacon.url}/discovery`);
        await page.getByRole('heading', { level: 1, name: 'Services' }).waitFor();
        await page.goto(`${beacon.url}/services/no-such-id`);
        await page.getByText('This service is not registered').waitFor();
        assert.deepEqual(foreign, []);
    },
);
