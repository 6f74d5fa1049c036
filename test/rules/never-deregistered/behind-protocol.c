#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MuxUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    FillMiniport(&miniport);
    miniport.UnloadHandler = MuxUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-deregistered: 'MuxUnload' does not call 'NdisMDeregisterMiniportDriver'
    if (status != NDIS_STATUS_SUCCESS) {
        goto Exit;
    }
    FillProtocol(&protocol);
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(DriverHandle);
        goto Exit;
    }

Exit:
    return status;
}

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    DbgPrint("unloaded\n");
}
