// example: Registration under a spin lock
#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_SPIN_LOCK Lock;

NDIS_STATUS RegisterUnderLock(PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS Table)
{
    NDIS_STATUS status;

    NdisAcquireSpinLock(&Lock);
    status = NdisRegisterProtocolDriver(NULL, Table, &ProtocolHandle);
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning irql-too-high: 'NdisRegisterProtocolDriver' needs PASSIVE_LEVEL; 'NdisAcquireSpinLock' has raised the irql
    NdisReleaseSpinLock(&Lock);
    return status;
}

_IRQL_requires_(DISPATCH_LEVEL)
VOID CleanUp(VOID)
{
    NdisDeregisterProtocolDriver(ProtocolHandle);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning irql-too-high: 'NdisDeregisterProtocolDriver' needs PASSIVE_LEVEL; 'CleanUp' is annotated _IRQL_requires_(DISPATCH_LEVEL)
}
