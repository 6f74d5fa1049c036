//- entry.c
#include <ndis.h>

NDIS_HANDLE DriverHandle;
NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MuxUnload;

NDIS_STATUS RegisterLowerEdge(void);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_STATUS status;

    FillMiniport(&miniport);
    miniport.UnloadHandler = MuxUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto Exit;
    }
    status = RegisterLowerEdge();
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(DriverHandle);
    }

Exit:
    return status;
}

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- protocol.c
#include <ndis.h>

extern NDIS_HANDLE DriverHandle;
extern NDIS_HANDLE ProtocolHandle;

NDIS_STATUS RegisterLowerEdge(void)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;

    FillProtocol(&protocol);
    return NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning intermediate-driver-incomplete: miniport and protocol edges are never associated with 'NdisIMAssociateMiniport'
}

//- bind.c
#include <ndis.h>

extern NDIS_HANDLE DriverHandle;

NDIS_STATUS CreateVirtualMiniport(PNDIS_STRING Name, NDIS_HANDLE Context)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(DriverHandle, Name, Context);

    if (status != NDIS_STATUS_SUCCESS) {
        DbgPrint("no virtual miniport: %x\n", status);
    }
    return status;
}
