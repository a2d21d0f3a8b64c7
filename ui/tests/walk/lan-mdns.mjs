import assert from 'node:assert/strict';
import { checkAccessibility, checkFits, live, phone, picture, scenario, until } from '../scenario.mjs';

const announced = ['--mdns', 'on', '--mdns-interface', 'lan0'];

const fill = async (beacon) => {
    const ids = [];
    for (const [name, type, last] of [
        ['Kitchen display', 'http', 20],
        ['Printer', 'ipp', 21],
        ['Broker', 'mqtt', 22],
    ]) {
        const { service_id: id } = await beacon.register({
            name,
            type,
            host: `192.0.2.${last}`,
            port: 8000 + last,
            ttl: 3600,
        });
        ids.push(id);
    }
    await until('everything is announced', async () => {
        const { names } = await beacon.send('GET', '/mdns?limit=100');
        const done = names.filter((x) => Object.values(x.interfaces).every((state) => state === 'announced'));
        return names.length >= 9 && done.length === names.length;
    });
    return ids;
};

scenario(
    'the mDNS screen shows the interface, the names held and their state, and finds one of them',
    async ({ beacon, open }) => {
        await fill(beacon);
        const page = await open('/mdns');
        await page.getByRole('heading', { level: 1, name: 'mDNS' }).waitFor();
        const interfaces = page.locator('section.card', { has: page.getByRole('heading', { name: 'Interfaces' }) });
        await interfaces.getByText('lan0').waitFor();
        await interfaces.getByText('192.0.2.1/24', { exact: true }).waitFor();
        const sent = Number(await interfaces.locator('tbody td').nth(3).innerText());
        assert.ok(sent > 0, `${sent} packets sent`);
        await page.getByText('beacon.local').first().waitFor();
        await page.getByText('Kitchen display').first().waitFor();
        await page.getByText('Broker').first().waitFor();

        await page.getByRole('searchbox').fill('printer');
        await until('only the printer is left', async () => (await page.getByText('Broker').count()) === 0);
        await page.getByText('Printer').first().waitFor();
        await checkAccessibility(page, 'mdns');
        await checkFits(page, 'mdns');
        await page.getByRole('searchbox').fill('');
        await page.getByText('Broker').first().waitFor();
        await picture(page, 'mdns-light');
    },
    announced,
);

scenario(
    'the mDNS screen fits a phone, in the dark and in German',
    async ({ beacon, open }) => {
        await fill(beacon);
        const page = await open('/mdns', { viewport: phone, scheme: 'dark', locale: 'de' });
        await page.getByText('Kitchen display').first().waitFor();
        await checkAccessibility(page, 'mdns on a phone');
        await checkFits(page, 'mdns on a phone');
        await picture(page, 'mdns-phone-dark');
    },
    announced,
);

scenario(
    'a service says what is announced of it',
    async ({ beacon, open }) => {
        const [id] = await fill(beacon);
        const page = await open(`/services/${id}`);
        await live(page);
        const card = page.locator('section.card', { has: page.getByRole('heading', { name: 'On the network' }) });
        await card.getByText('_http._tcp').waitFor();
        await card.getByText('beacon-192-0-2-20.local:8020').waitFor();
        await card.getByText('192.0.2.20', { exact: true }).waitFor();
        await checkAccessibility(page, 'an announced service');
        await picture(page, 'service-announced');
    },
    announced,
);
