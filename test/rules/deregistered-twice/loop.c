// example: a loop in front, which is left after any number of turns
#include <ndis.h>

static NDIS_HANDLE Handles[4];
static NDIS_HANDLE FilterHandle;

ULONG NextIndex(VOID);

VOID Stop(VOID)
{
    for (ULONG i = NextIndex(); i < 4; i = NextIndex()) {
        if (i == 3) {
            NdisDeregisterProtocolDriver(Handles[i]);
        } else {
            NdisDeregisterProtocolDriver(Handles[i]);
        }
    }
    NdisFDeregisterFilterDriver(FilterHandle);
    NdisFDeregisterFilterDriver(FilterHandle);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error deregistered-twice: 'NdisFDeregisterFilterDriver' is called a second time for a registration that is undone already (line 17)
}
