import assert from 'node:assert/strict';
import { household } from '../household.mjs';
import { checkAccessibility, live, phone, scenario, until } from '../scenario.mjs';

const rows = (page) => page.locator('[role=grid] .body [role=row]');
const menuOf = (page, name) => page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();

scenario('what is typed is found, and the address has it', async ({ beacon, open }) => {
    await beacon.registerAll(household, 1);
    const page = await open('/services');
    await live(page);
    await page.keyboard.press('/');
    await page.keyboard.type('esp32 kitchen');
    await until('one row', async () => (await rows(page).count()) === 1);
    assert.match(page.url(), /q=esp32(\+|%20)kitchen/);
    await page.keyboard.press('Escape');
    await page.locator('select[data-facet=tag]').selectOption('monitoring');
    await page.locator('select[data-facet=type]').selectOption('database');
    await until('one row', async () => (await rows(page).count()) === 1);
    await page.reload();
    await until('the same row', async () => (await rows(page).count()) === 1);
    assert.match(await rows(page).first().innerText(), /influxdb/);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('columnheader', { name: 'Address' }).getByRole('button').click();
    await until('sorted by address', async () => /192\.168\.1\.2:/.test(await rows(page).first().innerText()));
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('Nothing matches').waitFor();
});

scenario('the list can be walked with the keyboard', async ({ beacon, open }) => {
    await beacon.registerAll(household, 1);
    const page = await open('/services');
    await live(page);
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const second = (await page.locator('[aria-selected=true] .name a').innerText()).trim();
    await page.keyboard.press('End');
    await page.locator('[aria-selected=true]').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: second }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await checkAccessibility(page, 'help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.getByRole('heading', { level: 1, name: 'mDNS' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { level: 1, name: 'Register a service' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'mDNS' }).waitFor();
});

scenario('a service is deregistered when the toast ends, and not when it was undone', async ({ beacon, open }) => {
    await beacon.registerAll(household.slice(0, 3), 1);
    const page = await open('/services');
    await live(page);
    await menuOf(page, 'mosquitto');
    await checkAccessibility(page, 'menu');
    await page.getByRole('menuitem', { name: 'Deregister' }).click();
    await page.getByText('Leaving').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('mosquitto stays').waitFor();
    await menuOf(page, 'mosquitto');
    await page.getByRole('menuitem', { name: 'Deregister' }).click();
    await page.locator('.toast', { hasText: 'will be deregistered' }).getByRole('button', { name: 'Close' }).click();
    await until('it is gone', async () => (await rows(page).count()) === 2);
    assert.equal((await beacon.send('GET', '/services')).total, 2);
});

scenario('leaving the page carries out what was promised', async ({ beacon, open }) => {
    await beacon.registerAll(household.slice(0, 2), 1);
    const page = await open('/services');
    await live(page);
    await menuOf(page, 'mosquitto');
    await page.getByRole('menuitem', { name: 'Deregister' }).click();
    await page.goto('about:blank');
    await until('it is gone', async () => (await beacon.send('GET', '/services')).total === 1);
});

scenario('a lease is extended from the menu and from the service', async ({ beacon, open }) => {
    const [id] = await beacon.registerAll([household[1]]);
    const left = async () => Date.parse((await beacon.send('GET', `/services/${id}`)).expires_at) - Date.now();
    const page = await open('/services');
    await live(page);
    await menuOf(page, 'mosquitto');
    await page.getByRole('menuitem', { name: 'Lease of 1 h from now' }).click();
    await until('an hour', async () => (await left()) > 3_500_000);
    await until('it shows', async () => /59 min/.test(await rows(page).first().innerText()));
    await page.getByRole('link', { name: 'mosquitto' }).click();
    await page.getByRole('button', { name: 'Lease of 1 d from now' }).click();
    await until('a day', async () => (await left()) > 86_000_000);
});

scenario('addresses are copied and opened', async ({ beacon, open }) => {
    await beacon.registerAll([household[6]]);
    const page = await open('/services', { permissions: ['clipboard-read', 'clipboard-write'] });
    await live(page);
    await page.getByRole('button', { name: 'Copy address' }).click();
    await until(
        'it is copied',
        async () => (await page.evaluate(() => navigator.clipboard.readText())) === '192.168.1.20:8096',
    );
    const link = page.getByRole('link', { name: 'jellyfin: Open in new tab' });
    assert.equal(await link.getAttribute('href'), 'http://192.168.1.20:8096/');
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
});

scenario(
    'a service is registered with the form, shown as it will be announced, and changed',
    async ({ beacon, open }) => {
        const page = await open('/register');
        await page.getByLabel('Name *').fill('Wärmepumpe');
        await page.getByLabel('Host *').fill('192.168.1.110');
        await page.getByLabel('Port *').fill('502');
        await page.getByLabel('Type', { exact: true }).fill('modbus');
        await page.getByLabel('Tags').fill('heating, energy');
        await page.getByLabel('Metadata').fill('vendor=Vaillant');
        await page.getByText('Wärmepumpe._modbus._tcp.local → 192.168.1.110:502').waitFor();
        assert.match(await page.locator('aside pre').innerText(), /"port": 502/);
        await page.getByRole('button', { name: 'Register' }).click();
        await page.getByRole('heading', { level: 1, name: 'Wärmepumpe' }).waitFor();
        const { services } = await beacon.send('GET', '/services');
        assert.deepEqual(
            [services[0].name, services[0].tags, services[0].metadata],
            ['Wärmepumpe', ['heating', 'energy'], { vendor: 'Vaillant' }],
        );

        await page.getByRole('link', { name: 'Edit' }).click();
        await page.getByLabel('Tags').fill('heating');
        await page.getByLabel('Address to check').fill('tcp://192.168.1.110:502');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('heading', { level: 1, name: 'Wärmepumpe' }).waitFor();
        const changed = (await beacon.send('GET', '/services')).services[0];
        assert.deepEqual(
            [changed.tags, changed.health_check_url, changed.service_id],
            [['heating'], 'tcp://192.168.1.110:502', services[0].service_id],
        );
    },
);

scenario("Beacon's own words stand beside the fields", async ({ open, complaints }) => {
    const page = await open('/register', { viewport: phone });
    await page.getByText('1 – 65,535').waitFor();
    await page.getByRole('button', { name: 'Register' }).click();
    await until(
        'three are missing',
        async () => (await page.locator('.problem', { hasText: 'Field required' }).count()) === 3,
    );
    await page.getByLabel('Name *').fill('x');
    await page.getByLabel('Host *').fill('10.0.0.1');
    await page.getByLabel('Port *').fill('70000');
    await page.getByLabel('Lease, seconds').fill('5');
    await page.getByLabel('Address to check').fill('ftp://x');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.locator('#field-port-help', { hasText: 'less than or equal to 65535' }).waitFor();
    await page.locator('#field-ttl-help', { hasText: 'greater than or equal to 10' }).waitFor();
    assert.equal(await page.locator('#field-health_check_url').getAttribute('aria-invalid'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-port');
    await checkAccessibility(page, 'form with problems');
    await page.getByLabel('Metadata').fill('nonsense');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('"nonsense" is not KEY=VALUE').waitFor();

    // The browser itself notes each refused request.
    assert.ok(
        complaints.every((text) => text.includes('422')),
        complaints.join('\n'),
    );
    complaints.length = 0;
});

scenario('everything about a service is on its screen, with the commands to find it', async ({ beacon, open }) => {
    const [id] = await beacon.registerAll([household[20]]);
    const page = await open(`/services/${id}`);
    await page.getByText('mDNS is switched off').waitFor();
    for (const word of ['greenhouse sensor', '192.168.1.101:80', 'esp32', '1.8.2', id])
        await page.getByText(word).first().waitFor();
    for (const [button, code] of [
        ['Linux', 'avahi-browse -rpt _iot._tcp'],
        ['macOS, Windows', "dns-sd -L 'greenhouse sensor' _iot._tcp"],
        ['Python', 'get_service_info("_iot._tcp.local.", "greenhouse sensor._iot._tcp.local.")'],
        ['ESP32 (Arduino)', 'MDNS.queryService("iot", "tcp")'],
        ['HTTP', `/api/v1/services/${id}`],
    ]) {
        await page.getByRole('button', { name: button, exact: true }).click();
        await until(code, async () => (await page.locator('figure pre').innerText()).includes(code));
    }

    await beacon.send('PUT', `/services/${id}`, { tags: ['changed-tag'] });
    await page.getByText('changed-tag').first().waitFor();
    await page.locator('.kind', { hasText: 'Changed' }).waitFor();
});

scenario('events are listed, searched, chosen and held', async ({ beacon, open }) => {
    const page = await open('/events');
    await page.locator('.list li', { hasText: 'Beacon started' }).waitFor();
    await live(page);
    const ids = await beacon.registerAll(household.slice(0, 5), 1);
    await beacon.send('PUT', `/services/${ids[0]}/heartbeat`);
    await until('six lines', async () => (await page.locator('.list li').count()) === 6);
    await page.getByLabel('Heartbeats too').check();
    await until('seven lines', async () => (await page.locator('.list li').count()) === 7);
    await page.getByRole('button', { name: 'Pause' }).click();
    await beacon.send('DELETE', `/services/${ids[1]}`);
    await page.getByRole('button', { name: /1 new/ }).click();
    await page.getByRole('searchbox').fill(household[1].name.toUpperCase());
    await until('two lines', async () => (await page.locator('.list li').count()) === 2);
    await page.getByLabel('Kind').selectOption('service_deregistered');
    await until('one line', async () => (await page.locator('.list li').count()) === 1);
    assert.match(await page.locator('.list li').innerText(), /from 127\.0\.0\.1/);
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('No event matches.').waitFor();
});

scenario('events are still there after a restart, older ones on demand, and none twice', async ({ beacon, open }) => {
    const [id] = await beacon.registerAll([household[0]], 1);
    for (let i = 0; i < 120; i++) await beacon.send('PUT', `/services/${id}`, { tags: [`tag ${i}`] });
    await beacon.stop();
    await beacon.start();
    const page = await open('/events');
    await live(page);
    await page.getByText('The newest 100; older ones below').waitFor();
    const first = () => page.locator('.list li').first().innerText();
    assert.match(await first(), /Beacon started/);
    await page.getByRole('button', { name: 'Show older' }).press('Enter');
    await page.getByText('124, that is all').waitFor();
    await beacon.send('DELETE', `/services/${id}`);
    await page.getByText('125, that is all').waitFor();
    assert.match(await first(), /Deregistered/);
    await page.locator('.list').press('End');
    await page.locator('.list .kind', { hasText: /^Registered$/ }).waitFor();
    await checkAccessibility(page, 'events after a restart');
});

scenario('the screen of a service has its own events, from before it was opened too', async ({ beacon, open }) => {
    const ids = await beacon.registerAll(household.slice(0, 2), 1);
    await beacon.send('PUT', `/services/${ids[0]}`, { tags: ['one'] });
    const page = await open(`/services/${ids[0]}`);
    await live(page);
    const card = page.locator('section', { has: page.getByRole('heading', { name: 'Events' }) });
    await until('two lines', async () => (await card.locator('li').count()) === 2);
    await beacon.send('PUT', `/services/${ids[1]}`, { tags: ['other'] });
    await beacon.send('PUT', `/services/${ids[0]}`, { tags: ['two'] });
    await until('three lines', async () => (await card.locator('li').count()) === 3);
});

scenario('settings show what is in force', async ({ open }) => {
    const page = await open('/settings');
    const row = page.locator('tr', { hasText: 'BEACON_MDNS' }).first();
    await row.waitFor();
    assert.match(await row.innerText(), /off\s+command line/);
    await page.getByRole('link', { name: 'API documentation' }).click();
    await page.waitForURL(/\/api\/docs/);
});
