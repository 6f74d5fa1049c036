#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

// Written, but never called.
static VOID FilterDeleteDevice(VOID)
{
    if (DeviceHandle != NULL) {
        NdisDeregisterDeviceEx(DeviceHandle);
        DeviceHandle = NULL;
    }
}

static NDIS_STATUS FilterCreateDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    PDEVICE_OBJECT device;

    FillAttributes(&attributes);
    return NdisRegisterDeviceEx(FilterHandle, &attributes, &device, &DeviceHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = FilterCreateDevice();
    if (!NT_SUCCESS(status)) {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterDeviceEx(DeviceHandle);
    NdisFDeregisterFilterDriver(FilterHandle);
}
