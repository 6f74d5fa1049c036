#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_SPIN_LOCK Lock;

// The lock is held in one arm and released before the arms meet.
NDIS_STATUS RegisterProtocol(BOOLEAN IsShared)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    if (IsShared)
    {
        NdisAcquireSpinLock(&Lock);
        CountShared();
        NdisReleaseSpinLock(&Lock);
    }
    NdisAcquireSpinLock(&Lock), CountAll(), NdisReleaseSpinLock(&Lock);
    FillCharacteristics(&chars);
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}
