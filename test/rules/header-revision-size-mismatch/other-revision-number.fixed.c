#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

VOID NdisprotUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}

NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocolChar;

    NdisZeroMemory(&protocolChar, sizeof(protocolChar));
    FillHandlers(&protocolChar);
    protocolChar.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    protocolChar.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    protocolChar.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    protocolChar.MajorNdisVersion = 6;
    protocolChar.MinorNdisVersion = 50;

    return NdisRegisterProtocolDriver(NULL, &protocolChar, &ProtocolHandle);
}
