#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_SPIN_LOCK Lock;

_IRQL_requires_max_(DISPATCH_LEVEL)
NDIS_STATUS RegisterAfterLock(PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS Table)
{
    NdisAcquireSpinLock(&Lock);
    Count++;
    NdisReleaseSpinLock(&Lock);
    if (Count > 1) {
        NdisAcquireSpinLock(&Lock);
        return NDIS_STATUS_FAILURE;
    }
    return NdisRegisterProtocolDriver(NULL, Table, &ProtocolHandle);
}
