#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

NDIS_STATUS RegisterProtocol(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *Table)
{
    Table->Flags = 0;
    return NdisRegisterProtocolDriver(NULL, Table, &ProtocolHandle);
}
