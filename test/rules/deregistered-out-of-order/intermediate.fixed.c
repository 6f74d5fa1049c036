#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MuxUnload;
VOID FillMiniport(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars);
VOID FillProtocol(PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS Chars);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    FillMiniport(&miniport);
    miniport.UnloadHandler = MuxUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    FillProtocol(&protocol);
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(DriverHandle);
        return status;
    }
    NdisIMAssociateMiniport(DriverHandle, ProtocolHandle);
    return NDIS_STATUS_SUCCESS;
}

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
