#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

NDIS_STATUS RegisterProtocol(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *Table)
{
    Table->Flags = 0x10;
    //             ^^^^ warning member-value-invalid: 'Flags' is 0x10; it takes 0 or 'NDIS_PROTOCOL_DRIVER_SUPPORTS_CURRENT_MAC_ADDRESS_CHANGE', 'NDIS_PROTOCOL_DRIVER_SUPPORTS_L2_MTU_SIZE_CHANGE', 'NDIS_PROTOCOL_DRIVER_UDP_RSC_NOT_SUPPORTED'
    return NdisRegisterProtocolDriver(NULL, Table, &ProtocolHandle);
}
