//- entry.c
#include <ndis.h>

static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterCoHandlers(NDIS_HANDLE Handle);
DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = RegisterCoHandlers(DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(DriverHandle);
    }
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- vc.c
#include <ndis.h>

NDIS_STATUS RegisterCoHandlers(NDIS_HANDLE Handle)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS chars;

    FillCoCharacteristics(&chars);
    return NdisSetOptionalHandlers(Handle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&chars);
    //                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning optional-handlers-misplaced: 'NDIS_MINIPORT_CO_CHARACTERISTICS' cannot be passed to 'NdisSetOptionalHandlers' from 'RegisterCoHandlers', which is called by a 'DRIVER_INITIALIZE'
}
