#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE DeviceHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

static NDIS_STATUS CreateDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    PDEVICE_OBJECT device;

    FillAttributes(&attributes);
    return NdisRegisterDeviceEx(DriverHandle, &attributes, &device, &DeviceHandle);
    //     ^^^^^^^^^^^^^^^^^^^^ information registered-outside-context: 'NdisRegisterDeviceEx' in DriverEntry: the device keeps a plug and play driver from unloading
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = CreateDevice();
    if (!NT_SUCCESS(status)) {
        NdisMDeregisterMiniportDriver(DriverHandle);
    }
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterDeviceEx(DeviceHandle);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
