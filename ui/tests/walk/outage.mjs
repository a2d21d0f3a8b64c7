import assert from 'node:assert/strict';
import { household } from '../household.mjs';
import { checkAccessibility, live, picture, scenario, until } from '../scenario.mjs';

scenario(
    'a Beacon that stops and starts again: what is old is said to be, and nothing is there twice',
    async ({ beacon, open, complaints }) => {
        await beacon.registerAll(household, 1);
        const page = await open('/services');
        await live(page);
        await beacon.stop();
        await page.getByText('Beacon does not answer. What you see is how it was at').waitFor();
        await page.locator('nav').getByText('Reconnecting').waitFor();
        assert.ok(
            (await page.locator('[role=grid] .body [role=row]').count()) > 5,
            'what was known is still to be seen',
        );
        await checkAccessibility(page, 'outage');
        await picture(page, 'outage-light');
        await beacon.start();
        await beacon.register({ name: 'aaa newcomer', host: '192.168.1.200', port: 1 });
        await live(page);
        await page.getByRole('link', { name: 'aaa newcomer', exact: true }).waitFor();
        assert.equal(await page.getByText('Beacon does not answer').count(), 0);
        await until('29 services', async () => /^29 services/.test(await page.locator('header p').innerText()));
        assert.equal(await page.getByRole('link', { name: 'aaa newcomer', exact: true }).count(), 1);

        // The browser itself notes each refused connection.
        assert.ok(
            complaints.every((text) => /ERR_CONNECTION|WebSocket/.test(text)),
            complaints.join('\n'),
        );
        complaints.length = 0;
    },
);

scenario('an action during an outage says that it failed', async ({ beacon, open, complaints }) => {
    const [id] = await beacon.registerAll([household[0]]);
    const page = await open(`/services/${id}`);
    await live(page);
    await beacon.stop();
    await page.getByRole('button', { name: 'Lease of 1 h from now' }).click();
    await page.getByText('That did not work: Beacon does not answer').waitFor();
    complaints.length = 0;
});

scenario('what was missed while cut off is caught up, without reading the list again', async ({ beacon, open }) => {
    await beacon.registerAll(household, 1);
    const page = await open('/settings');
    const connections = [];
    await page.routeWebSocket(/\/ws/, (socket) => {
        connections.push(socket);
        socket.connectToServer();
    });
    await page.goto(`${beacon.url}/services`);
    await live(page);
    const reads = [];
    page.on('request', (request) => {
        if (/\/services\?limit/.test(request.url())) reads.push(request.url());
    });
    await connections[0].close();
    await beacon.register({ name: 'aaa meanwhile', host: '192.168.1.201', port: 1 });
    await page.getByRole('link', { name: 'aaa meanwhile', exact: true }).waitFor();
    assert.match(connections[1].url(), /since=\d+/);
    assert.deepEqual(reads, []);
});

scenario('a service expires before the eyes, and comes back with a heartbeat', async ({ beacon, open }) => {
    const [id] = await beacon.registerAll([{ name: 'short', host: '10.0.0.1', port: 1, ttl: 10 }]);
    const page = await open('/');
    await live(page);
    await page
        .locator('section', { hasText: 'About to expire' })
        .getByRole('link', { name: 'short' })
        .waitFor({ timeout: 12_000 });
    await page.locator('.kind', { hasText: 'Expired' }).waitFor({ timeout: 15_000 });
    assert.equal((await page.locator('[data-key=expired] .count').innerText()).trim(), '1');
    await beacon.send('PUT', `/services/${id}/heartbeat`);
    await until(
        'none expired',
        async () => (await page.locator('[data-key=expired] .count').innerText()).trim() === '0',
    );
});
