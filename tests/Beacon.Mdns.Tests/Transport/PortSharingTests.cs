using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Transport;

public class PortSharingTests
{
    private const string Table =
        """
           sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
          317: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   108        0 21410 2 0000000000000000 0
         1317: FB0000E0:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 21411 2 0000000000000000 0
          900: 0100007F:0035 00000000:14E9 07 00000000:00000000 00:00000000 00000000     0        0 21412 2 0000000000000000 0

        """;

    [Fact]
    public void Sockets_on_the_port_are_counted_by_their_local_side() => Assert.Equal(2, PortSharing.Count(Table));

    [Fact]
    public void An_empty_table_has_none() => Assert.Equal(0, PortSharing.Count(""));
}
