// action: Convert to designated initializer
//- driver.c
#include <hidport.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION $0registration = {
        HID_REVISION,    // of the structure
        DriverObject,
        RegistryPath,
        sizeof(DEVICE_EXTENSION), FALSE
    };
    return HidRegisterMinidriver(&registration);
}
