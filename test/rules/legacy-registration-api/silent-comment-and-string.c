#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

// NdisRegisterProtocol(&status, &handle, &chars, sizeof(chars)) was the call of NDIS 5.
NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    DbgPrint("NdisMInitializeWrapper and NdisRegisterProtocol(...) are gone\n");
#if 0
    NdisRegisterProtocol(&status, &ProtocolHandle, &chars, sizeof(chars));
#endif
    FillCharacteristics(&chars);
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}
